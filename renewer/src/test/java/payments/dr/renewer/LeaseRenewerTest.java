package payments.dr.renewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import payments.dr.ledger.InMemoryLedger;
import payments.dr.ledger.lease.LeaseRegisters;
import payments.dr.ledger.lease.LeaseTiming;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;

class LeaseRenewerTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<PutMetricDataRequest> put = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private boolean metricsRefused;
  private final JsonLog log =
      new JsonLog(new PrintStream(out, true, StandardCharsets.UTF_8), () -> now);
  private final Metrics metrics = new Metrics(new FakeCloudWatch(), "prod", () -> now, log);

  @Test
  void what_is_thrown_ends_a_round_and_not_the_program() {
    List<String> answers = new ArrayList<>(List.of("boom", "boom", "fine"));
    LeaseRenewer program =
        program(
            () -> {
              if (answers.remove(0).equals("boom")) {
                throw new IllegalStateException("boom");
              }
              return List.of(new OpenBelt());
            });

    program.attempt();
    program.attempt();
    program.attempt();

    assertEquals(
        """
        {"t":"2026-01-01T00:00:00Z","event":"lease","state":"failed: java.lang.IllegalStateException: boom"}
        {"t":"2026-01-01T00:00:00Z","event":"lease","state":"renewed under epoch 1 by 3 registers"}
        """,
        logged());
  }

  @Test
  void metrics_are_told_once_a_minute_by_the_region_that_writes() {
    LeaseRenewer program = program(() -> List.of(new OpenBelt()));

    for (int i = 0; i < 13; i++) {
      program.attempt();
      now = now.plusSeconds(5);
    }

    assertEquals(1, put.size());
    assertEquals("PaymentsDr", put.get(0).namespace());
    assertEquals(
        "LeaseRenewals=13.0 LeaseRegisters=3.0 of Environment prod",
        put.get(0).metricData().stream()
                .map(it -> it.metricName() + "=" + it.value())
                .collect(Collectors.joining(" "))
            + " of "
            + dimension(put.get(0).metricData().get(0)));
  }

  @Test
  void the_worst_renewal_of_a_minute_is_told() {
    metrics.count(new Round(true, 3, ""));
    metrics.count(new Round(true, 2, ""));
    metrics.count(new Round(true, 3, ""));
    now = now.plusSeconds(60);
    metrics.count(new Round(true, 0, ""));

    assertEquals(
        List.of("LeaseRenewals 3.0", "LeaseRegisters 2.0"),
        put.get(0).metricData().stream().map(it -> it.metricName() + " " + it.value()).toList());
  }

  /** A machine whose clock is off says nothing of registers. */
  @Test
  void who_renews_nothing_tells_that_alone() {
    now = now.plusSeconds(60);
    metrics.count(new Round(true, 0, ""));

    assertEquals(
        List.of("LeaseRenewals 0.0"),
        put.get(0).metricData().stream().map(it -> it.metricName() + " " + it.value()).toList());
  }

  @Test
  void a_region_that_does_not_write_tells_nothing() {
    now = now.plusSeconds(60);
    metrics.count(new Round(false, 0, ""));

    assertEquals(List.of(), put);
  }

  @Test
  void figures_that_nobody_takes_cost_no_renewal() {
    metricsRefused = true;
    LeaseRenewer program = program(() -> List.of(new OpenBelt()));
    now = now.plusSeconds(60);

    program.attempt();

    assertTrue(logged().contains("\"event\":\"metrics\",\"state\":\"not told: away\""), logged());
    assertTrue(logged().contains("renewed under epoch 1"), logged());
  }

  @Test
  void databases_are_asked_for_once_a_minute_and_kept_while_nobody_answers() {
    List<String> answers =
        new ArrayList<>(
            List.of(
                "v1=a.example.com:5432/payments",
                "v1=a.example.com:5432/payments v2=b.example.com:5432/payments",
                "nonsense",
                "v2=b.example.com:5432/payments"));
    Belts belts =
        new Belts(
            () -> {
              if (answers.isEmpty()) {
                throw SdkClientException.create("away");
              }
              return answers.remove(0);
            },
            database -> new PostgresBelt(database.generation(), "", Properties::new),
            () -> now,
            log);

    assertEquals(List.of("v1"), names(belts));
    assertEquals(List.of("v1"), names(belts));
    now = now.plusSeconds(60);
    assertEquals(List.of("v1", "v2"), names(belts));
    now = now.plusSeconds(60);
    assertEquals(List.of("v1", "v2"), names(belts));
    now = now.plusSeconds(60);
    assertEquals(List.of("v2"), names(belts));
    now = now.plusSeconds(60);
    assertEquals(List.of("v2"), names(belts));
    assertTrue(logged().contains("not known anew: away"), logged());
  }

  private static List<String> names(Belts belts) {
    return belts.get().stream().map(Belt::name).toList();
  }

  private static String dimension(MetricDatum datum) {
    return datum.dimensions().get(0).name() + " " + datum.dimensions().get(0).value();
  }

  private LeaseRenewer program(Supplier<List<? extends Belt>> belts) {
    LeaseRegisters registers =
        new LeaseRegisters(
            new InMemoryLedger(), new InMemoryLedger(), new InMemoryLedger(), Runnable::run);
    return new LeaseRenewer(
        new Renewer(
            "us-east-1",
            registers,
            () -> Duration.ZERO,
            belts,
            LeaseTiming.TTL,
            () -> now,
            System::nanoTime),
        metrics,
        log);
  }

  private String logged() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private final class OpenBelt implements Belt {

    @Override
    public String name() {
      return "v1";
    }

    @Override
    public OptionalLong clock() {
      return OptionalLong.of(now.toEpochMilli());
    }

    @Override
    public void extend(String holder, long epoch, long untilMillis) {
      assertEquals(now.plusSeconds(30).toEpochMilli(), untilMillis);
    }
  }

  private final class FakeCloudWatch implements CloudWatchClient {

    @Override
    public PutMetricDataResponse putMetricData(PutMetricDataRequest request) {
      if (metricsRefused) {
        throw SdkClientException.create("away");
      }
      put.add(request);
      return PutMetricDataResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "cloudwatch";
    }

    @Override
    public void close() {}
  }
}
