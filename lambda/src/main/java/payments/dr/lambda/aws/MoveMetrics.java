package payments.dr.lambda.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import payments.dr.lambda.model.Measured;
import payments.dr.lambda.model.State;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/**
 * How long each phase took, and what a whole move cost.
 *
 * @param shortestDetection how soon after a fault the suspicion may arise
 */
public record MoveMetrics(Metrics metrics, Duration shortestDetection) {

  void put(State from, State to) {
    List<MetricDatum> data = new ArrayList<>();
    // The very first phase began at no known time.
    if (from.version() > 0) {
      data.add(
          metrics.seconds(
              "PhaseSeconds",
              Duration.between(from.since(), to.since()),
              Metrics.dimension("Phase", from.phase().name())));
    }
    Measured.outage(from, to, shortestDetection)
        .ifPresent(outage -> data.add(metrics.seconds("MeasuredRtoSeconds", outage)));
    Measured.loss(from, to, shortestDetection)
        .ifPresent(loss -> data.add(metrics.seconds("MeasuredRpoSeconds", loss)));
    metrics.put(data);
  }
}
