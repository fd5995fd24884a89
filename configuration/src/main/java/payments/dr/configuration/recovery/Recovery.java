package payments.dr.configuration.recovery;

import java.util.Optional;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.environment.EnvironmentConfig;
import payments.dr.configuration.measurement.DrillFigure;
import payments.dr.configuration.measurement.Figure;
import payments.dr.configuration.recovery.RecoveryBudget.Left;

/**
 * What a failover of one environment takes and loses, in the worst case.
 *
 * @param figures that the budget is made of
 * @param dark until customers are served again, when nothing of the primary Region answers
 * @param answering the same while its load balancer answers
 * @param point what may be lost of the active generation of the database
 * @param plannedSeconds for which the last customer may be without payments in a planned move,
 *     there or back
 * @param failbackSeconds for which customers still reach the DR Region when somebody brought the
 *     writer back whom the route was not prepared for
 */
public record Recovery(
    RecoveryFigures figures,
    RecoveryBudget dark,
    RecoveryBudget answering,
    RecoveryPoint point,
    int plannedSeconds,
    int failbackSeconds) {

  public static Recovery of(Environment environment) {
    EnvironmentConfig config = environment.config();
    RecoveryFigures figures =
        RecoveryFigures.of(
            config.failover(), config.dns(), config.compute(), environment.measurements());
    DatabaseGeneration active = config.databases().active();
    Optional<Figure> bound =
        Optional.ofNullable(config.databases().of(active).rpoBoundSeconds())
            .map(
                seconds ->
                    Figure.configured(seconds, "databases." + active.id() + ".rpoBoundSeconds"));
    int gone =
        figures.dnsTtl().value()
            + Math.max(figures.reconnect().value(), figures.keepAlive().value());
    int failback =
        figures.tick().value()
            + figures.put().value()
            + DrillFigure.LATCH_RESET.from(environment.measurements()).value()
            + gone;
    RecoveryBudget dark = RecoveryBudget.of(figures, Left.NOTHING);
    RecoveryBudget answering = RecoveryBudget.of(figures, Left.LOAD_BALANCER);
    return new Recovery(
        figures, dark, answering, RecoveryPoint.of(bound), planned(figures, gone), failback);
  }

  /**
   * Writes are stopped one look before RDS is asked. Customers leave as soon as RDS shows the move
   * as begun, and the writer is seen, and may write, one look after RDS is done.
   *
   * @param gone until the last of them has left, from DNS's answer on
   */
  private static int planned(RecoveryFigures figures, int gone) {
    int tick = figures.tick().value();
    int written = figures.promote().value() + tick + figures.leaseGrant().value();
    int left =
        figures.underWay().value()
            + tick
            + figures.put().value()
            + figures.latchSet().value()
            + gone;
    return tick + Math.max(written, left);
  }

  /** Returns the longer of the two. */
  public RecoveryBudget time() {
    return answering.seconds() > dark.seconds() ? answering : dark;
  }
}
