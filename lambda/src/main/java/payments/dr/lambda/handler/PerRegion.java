package payments.dr.lambda.handler;

import payments.dr.lambda.model.Site;

/** One of something in each Region. */
record PerRegion<T>(T primary, T dr) {

  /**
   * @throws IllegalArgumentException for no Region
   */
  T in(Site site) {
    return switch (site) {
      case PRIMARY -> primary;
      case DR -> dr;
      case UNKNOWN ->
          throw new IllegalArgumentException("Region must be PRIMARY or DR, got UNKNOWN");
    };
  }
}
