package payments.dr.modules.database;

import java.util.Locale;

/**
 * One way the data has been laid out; a later one is a new constant here and a package of its own.
 */
public enum DatabaseGeneration {
  V2;

  /** {@code v2}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code -v2}: what the names of its resources carry, as in {@code global-db-v2-dev}. */
  public String nameSuffix() {
    return "-" + id();
  }
}
