package payments.dr.lambda.handler;

import payments.dr.lambda.model.Site;

/** One of something in each Region. */
record RegionPair<T>(T primary, T dr) {

  /**
   * @throws IllegalArgumentException for no Region
   */
  T in(Site site) {
    return switch (site) {
      case PRIMARY -> primary;
      case DR -> dr;
      case UNKNOWN -> throw new IllegalArgumentException("site must be PRIMARY or DR, got UNKNOWN");
    };
  }
}
