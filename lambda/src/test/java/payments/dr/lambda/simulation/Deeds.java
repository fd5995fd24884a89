package payments.dr.lambda.simulation;

import payments.dr.lambda.model.Authority;

/** What the controllers of either Region did that explains what the world does later. */
final class Deeds {

  private static final int NEVER = -10_000;

  private boolean forced;
  private Authority promotedBy = Authority.HUMAN;
  private int promotedAt = NEVER;
  private int leftOverSeenAt = NEVER;

  /** A human said that both Regions may write. */
  void force() {
    forced = true;
  }

  void promote(Authority authority, int now) {
    promotedBy = authority;
    promotedAt = now;
  }

  void seeLeftOver(int began) {
    leftOverSeenAt = began;
  }

  boolean forced() {
    return forced;
  }

  /** Who decided on the newest promotion. */
  Authority promotedBy() {
    return promotedBy;
  }

  int promotedAt() {
    return promotedAt;
  }

  /** When the newest tick began that could have taken away a latch of the DR Region. */
  int leftOverSeenAt() {
    return leftOverSeenAt;
  }
}
