package payments.dr.lambda.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which faults there are now, and what they leave standing. */
final class Weather {

  private final List<Window> windows;
  private final boolean[] on = new boolean[Fault.values().length];
  private int nextChange;

  Weather(List<Window> windows) {
    this.windows = new ArrayList<>(windows);
  }

  /** Adds a fault that begins now, because something else did. */
  void begin(Fault fault, int now, int seconds) {
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

  boolean on(Fault fault) {
    return on[fault.ordinal()];
  }

  boolean primaryUp() {
    return !on(Fault.REGION);
  }

  boolean drUp() {
    return !on(Fault.DR_REGION);
  }

  boolean linked() {
    return primaryUp() && drUp() && !on(Fault.PARTITION);
  }

  boolean primaryDatabaseUp() {
    return primaryUp() && !on(Fault.DATABASE) && !on(Fault.AZ);
  }
}
