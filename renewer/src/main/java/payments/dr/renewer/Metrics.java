package payments.dr.renewer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/**
 * Tells CloudWatch once a minute how often the lease was renewed, and how many registers took the
 * worst renewal. Tells nothing where another Region writes.
 */
final class Metrics {

  private static final String NAMESPACE = "PaymentsDr";
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final CloudWatchClient client;
  private final String environment;
  private final InstantSource clock;
  private final JsonLog log;
  private Instant told;
  private boolean writes;
  private int renewals;
  private int fewest;

  /**
   * Makes figures that begin now.
   *
   * @param environment dimension of both metrics, such as {@code prod}
   */
  Metrics(CloudWatchClient client, String environment, InstantSource clock, JsonLog log) {
    this.client = client;
    this.environment = environment;
    this.clock = clock;
    this.log = log;
    begin();
  }

  /** Counts a round. Never throws: no figure is worth a renewal. */
  void count(Round round) {
    writes |= round.writes();
    if (round.renewed()) {
      fewest = renewals == 0 ? round.registers() : Math.min(fewest, round.registers());
      renewals++;
    }
    if (!clock.instant().isBefore(told.plus(EVERY))) {
      if (writes) {
        put();
      }
      begin();
    }
  }

  private void begin() {
    told = clock.instant();
    writes = false;
    renewals = 0;
    fewest = 0;
  }

  private void put() {
    try {
      client.putMetricData(request -> request.namespace(NAMESPACE).metricData(data()));
    } catch (SdkException e) {
      log.line("metrics", "not told: " + e.getMessage());
    }
  }

  private List<MetricDatum> data() {
    MetricDatum count = datum("LeaseRenewals", renewals);
    return renewals == 0 ? List.of(count) : List.of(count, datum("LeaseRegisters", fewest));
  }

  private MetricDatum datum(String name, int value) {
    return MetricDatum.builder()
        .metricName(name)
        .unit(StandardUnit.COUNT)
        .value((double) value)
        .dimensions(Dimension.builder().name("Environment").value(environment).build())
        .build();
  }
}
