package payments.dr.configuration.database;

import java.util.Locale;

/**
 * One way the data has been laid out; a later one is a new constant here and a package of its own.
 */
public enum DatabaseGeneration {
  /** The predecessor's, whose names say nothing of a generation: none was expected to follow. */
  V1(""),
  V2("-v2");

  private final String nameSuffix;

  DatabaseGeneration(String nameSuffix) {
    this.nameSuffix = nameSuffix;
  }

  /** {@code v2}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@code -v2}: what the names of its resources carry, as in {@code global-db-v2-dev}; empty for
   * the first.
   */
  public String nameSuffix() {
    return nameSuffix;
  }
}
