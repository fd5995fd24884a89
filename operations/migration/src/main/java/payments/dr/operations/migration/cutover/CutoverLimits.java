package payments.dr.operations.migration.cutover;

import java.time.Duration;

/**
 * How long the parts of a cutover may take.
 *
 * @param lag that replication may have when a cutover begins
 * @param drain how long the last writes may take to the other side
 * @param pause from the fence to the point of no return, or the cutover is given up
 */
public record CutoverLimits(Duration lag, Duration drain, Duration pause) {

  public static final CutoverLimits DEFAULT =
      new CutoverLimits(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(300));
}
