package payments.dr.lambda.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import payments.dr.lambda.model.Site;

/** Which faults there are now, and what they leave standing. */
final class Weather {

  private final List<Window> windows;
  private final boolean[] on = new boolean[SimulatedFault.values().length];
  private int nextChange;

  Weather(List<Window> windows) {
    this.windows = new ArrayList<>(windows);
  }

  /** Adds a fault that begins now, because something else did. */
  void begin(SimulatedFault fault, int now, int seconds) {
    windows.add(new Window(fault, now, now + seconds));
    nextChange = now;
    at(now);
  }

  void at(int now) {
    if (now < nextChange) {
      return;
    }
    Arrays.fill(on, false);
    nextChange = Integer.MAX_VALUE;
    for (Window window : windows) {
      if (window.from() <= now && now < window.to()) {
        on[window.fault().ordinal()] = true;
      }
      for (int change : new int[] {window.from(), window.to()}) {
        nextChange = change > now ? Math.min(nextChange, change) : nextChange;
      }
    }
  }

  boolean on(SimulatedFault fault) {
    return on[fault.ordinal()];
  }

  boolean primaryUp() {
    return !on(SimulatedFault.REGION);
  }

  boolean drUp() {
    return !on(SimulatedFault.DR_REGION);
  }

  boolean balancerAnswers(Site site) {
    return site == Site.DR ? drUp() : primaryUp() && !on(SimulatedFault.FRONT_DOOR);
  }

  boolean linked() {
    return primaryUp() && drUp() && !on(SimulatedFault.PARTITION) && !on(SimulatedFault.ISOLATED);
  }

  /** Whether the register in a Region, that of UNKNOWN being the witness's, is reached from one. */
  boolean reaches(Site from, Site register) {
    if (from == register) {
      return from == Site.DR ? drUp() : primaryUp();
    }
    if (register != Site.UNKNOWN) {
      return linked();
    }
    boolean up = from == Site.DR ? drUp() : primaryUp() && !on(SimulatedFault.ISOLATED);
    return up && !on(SimulatedFault.WITNESS);
  }

  boolean primaryDatabaseUp() {
    return primaryUp() && !on(SimulatedFault.DATABASE) && !on(SimulatedFault.AZ);
  }
}
