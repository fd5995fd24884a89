package payments.dr.configuration.region;

import java.util.Locale;

/** The part a Region plays in the pair: provider alias, construct id and prefix of names. */
public enum RegionRole {
  PRIMARY,
  DR;

  /** Returns the other part of the pair. */
  public RegionRole other() {
    return this == DR ? PRIMARY : DR;
  }

  /** {@code primary} or {@code dr}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
