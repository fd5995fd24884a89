package payments.dr.operations.migration.cutover;

import java.time.Duration;

/**
 * @param lag that replication may have when a switch begins
 * @param drain how long the last writes may take to the other side
 * @param pause from the fence to the point of no return, or the switch is given up
 */
public record Limits(Duration lag, Duration drain, Duration pause) {

  public static final Limits DEFAULT =
      new Limits(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(300));
}
