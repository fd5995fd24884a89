package payments.dr.lambda.simulation;

import payments.dr.lambda.model.Site;

/** The traffic latch: an object in each Region, a fast and a slow check on each, DNS behind. */
final class SimulatedRoute {

  /** One health check of one object; its threshold counts in both directions. */
  private static final class Check {
    private final int patience;
    private boolean seen;
    private int contrary;

    Check(int patience) {
      this.patience = patience;
    }

    boolean step(boolean visible) {
      contrary = visible == seen ? 0 : contrary + 1;
      if (contrary >= patience) {
        seen = visible;
        contrary = 0;
      }
      return seen;
    }
  }

  private final Weather weather;
  private final Timing timing;
  private final Check[] checks;
  private boolean primaryCopy;
  private boolean drCopy;
  private Site answers = Site.PRIMARY;
  private int since = -10_000;

  /** Whether the load balancer that clients are to leave answers them. */
  private boolean left;

  SimulatedRoute(Weather weather, Timing timing) {
    this.weather = weather;
    this.timing = timing;
    checks =
        new Check[] {
          new Check(timing.latchSet()),
          new Check(timing.latchReset()),
          new Check(timing.latchSet()),
          new Check(timing.latchReset())
        };
  }

  boolean primaryCopy() {
    return primaryCopy;
  }

  boolean drCopy() {
    return drCopy;
  }

  boolean anyCopy() {
    return primaryCopy || drCopy;
  }

  Site answers() {
    return answers;
  }

  /** Whether even the slowest client has left the other Region. */
  boolean settled(int now) {
    return now - since >= timing.dnsTtl() + (left ? timing.keepAlive() : timing.reconnect());
  }

  void latch() {
    drCopy |= !weather.on(SimulatedFault.DR_STORAGE);
    primaryCopy |= weather.linked();
  }

  void unlatch() {
    drCopy &= weather.on(SimulatedFault.DR_STORAGE);
    primaryCopy &= !weather.linked();
  }

  /**
   * @return whether DNS changed its answer
   */
  boolean step(int now) {
    boolean inPrimary = primaryCopy && weather.primaryUp();
    boolean inDr = drCopy && weather.drUp() && !weather.on(SimulatedFault.DR_STORAGE);
    boolean active = checks[0].step(inPrimary);
    active |= checks[1].step(inPrimary);
    active |= checks[2].step(inDr);
    active |= checks[3].step(inDr);
    Site next = active ? Site.DR : Site.PRIMARY;
    boolean changed = next != answers;
    if (changed) {
      left = weather.balancerAnswers(answers);
      answers = next;
      since = now;
    }
    return changed;
  }
}
