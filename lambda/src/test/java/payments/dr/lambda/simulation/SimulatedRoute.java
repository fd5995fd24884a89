package payments.dr.lambda.simulation;

import payments.dr.lambda.model.Site;

/** The traffic latch: in each Region an object with a fast check, one with a slow check; DNS. */
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
  private boolean primaryHold;
  private boolean drHold;
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

  boolean primaryHold() {
    return primaryHold;
  }

  boolean drHold() {
    return drHold;
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

  /** Puts what is reached from a Region. */
  void latch(Site from) {
    drCopy |= reaches(from, Site.DR);
    primaryCopy |= reaches(from, Site.PRIMARY);
    drHold |= reaches(from, Site.DR);
    primaryHold |= reaches(from, Site.PRIMARY);
  }

  /** Takes away what is reached from a Region. */
  void unlatch(Site from) {
    drCopy &= !reaches(from, Site.DR);
    primaryCopy &= !reaches(from, Site.PRIMARY);
    loosen(from);
  }

  void loosen(Site from) {
    drHold &= !reaches(from, Site.DR);
    primaryHold &= !reaches(from, Site.PRIMARY);
  }

  /** Whether a Region's controller reads and writes the bucket in another, or its own. */
  boolean reaches(Site from, Site bucket) {
    boolean refused = bucket == Site.DR && weather.on(SimulatedFault.DR_STORAGE);
    return !refused && (from == bucket || weather.linked());
  }

  /**
   * @return whether DNS changed its answer
   */
  boolean step(int now) {
    boolean primarySeen = weather.primaryUp();
    boolean drSeen = weather.drUp() && !weather.on(SimulatedFault.DR_STORAGE);
    boolean active = checks[0].step(primaryCopy && primarySeen);
    active |= checks[1].step(primaryHold && primarySeen);
    active |= checks[2].step(drCopy && drSeen);
    active |= checks[3].step(drHold && drSeen);
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
