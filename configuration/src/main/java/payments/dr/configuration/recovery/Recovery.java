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
 * @param failbackSeconds for which customers still reach the DR Region when the writer is back
 */
public record Recovery(
    RecoveryFigures figures,
    RecoveryBudget dark,
    RecoveryBudget answering,
    RecoveryPoint point,
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
    int failback =
        figures.tick().value()
            + figures.put().value()
            + DrillFigure.LATCH_RESET.from(environment.measurements()).value()
            + figures.dnsTtl().value()
            + Math.max(figures.reconnect().value(), figures.keepAlive().value());
    RecoveryBudget dark = RecoveryBudget.of(figures, Left.NOTHING);
    RecoveryBudget answering = RecoveryBudget.of(figures, Left.LOAD_BALANCER);
    return new Recovery(figures, dark, answering, RecoveryPoint.of(bound), failback);
  }

  /** Returns the longer of the two. */
  public RecoveryBudget time() {
    return answering.seconds() > dark.seconds() ? answering : dark;
  }
}
