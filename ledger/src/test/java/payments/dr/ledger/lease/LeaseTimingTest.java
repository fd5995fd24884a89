package payments.dr.ledger.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import payments.dr.ledger.DynamoDbLedger;
import payments.dr.ledger.InMemoryLedger;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The sum of a lease's times, with the worst clocks that the measurement lets pass. */
class LeaseTimingTest {

  private static final String OLD = "us-east-1";
  private static final String NEW = "us-east-2";
  private static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");
  private static final int STEP = 250;

  private final InMemoryLedger own = new InMemoryLedger();
  private final InMemoryLedger other = new InMemoryLedger();
  private final InMemoryLedger witness = new InMemoryLedger();
  private final LeaseRegisters old = new LeaseRegisters(own, other, witness, Runnable::run);
  private final LeaseRegisters taker = new LeaseRegisters(other, own, witness, Runnable::run);

  private Instant clock = NOW;
  private Instant received = NOW;
  private String stamp = "";
  private final ClockError measured = new ClockError(() -> clock);
  private final DynamoDbClient client =
      DynamoDbClient.builder()
          .region(Region.US_EAST_1)
          .credentialsProvider(AnonymousCredentialsProvider.create())
          .httpClient(new StampedAnswers(this::answered))
          .overrideConfiguration(it -> it.addExecutionInterceptor(measured))
          .build();
  private final DynamoDbLedger stamped = new DynamoDbLedger(client, "ledger");

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void worst_clocks_and_the_last_commit_leave_no_moment_to_two_writers() {
    Duration behind = Duration.ofMillis(worst(-1));
    Duration ahead = Duration.ofMillis(worst(1));
    assertInstanceOf(
        Renewal.Held.class, old.renew(OLD, NOW.minus(behind), LeaseTiming.TTL), "the old writer");
    Instant lastCommit = NOW.plus(LeaseTiming.TTL).plus(LeaseTiming.COMMIT);
    taker.take(NEW);

    Instant begins = NOW;
    while (!(taker.renew(NEW, begins.plus(ahead), LeaseTiming.TTL) instanceof Renewal.Held)) {
      begins = begins.plusMillis(STEP);
    }

    assertFalse(
        begins.isBefore(lastCommit),
        "clocks off by -%s and %s: the old Region commits until %s, the new one from %s"
            .formatted(behind, ahead, lastCommit, begins));
  }

  @Test
  void what_passes_is_not_further_off_than_the_margin_counts_with() {
    assertEquals(
        LeaseTiming.MARGIN, LeaseTiming.CLOCK_ERROR.multipliedBy(2).plus(LeaseTiming.COMMIT));
    for (int sign : List.of(-1, 1)) {
      int worst = worst(sign);
      assertTrue(worst <= LeaseTiming.CLOCK_ERROR.toMillis(), sign + ": " + worst + " ms");
    }
  }

  /** A clock that is right is never refused, however long an answer within the limit takes. */
  @Test
  void clock_that_is_right_passes() {
    for (int call = 0; call <= LeaseTiming.CALL.toMillis(); call += STEP) {
      for (int phase = 0; phase < 1000; phase += STEP) {
        assertTrue(passes(0, phase, call, 0) && passes(0, phase, call, call));
      }
    }
  }

  /** The largest error in milliseconds that some call measures as none that matters. */
  private int worst(int sign) {
    int worst = 0;
    for (int error = STEP; error <= 6000; error += STEP) {
      for (int call = 0; call <= LeaseTiming.CALL.toMillis(); call += STEP) {
        for (int phase = 0; phase < 1000; phase += STEP) {
          if (passes(sign * error, phase, call, 0) || passes(sign * error, phase, call, call)) {
            worst = error;
          }
        }
      }
    }
    return worst;
  }

  /**
   * Whether a clock passes by one answer.
   *
   * @param error of the clock, in milliseconds
   * @param phase of the true second at which the call began
   * @param stampedAfter so much of the call
   */
  private boolean passes(int error, int phase, int call, int stampedAfter) {
    Instant sent = NOW.plusMillis(phase);
    clock = sent.plusMillis(error);
    received = clock.plusMillis(call);
    stamp =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            sent.plusMillis(stampedAfter).truncatedTo(ChronoUnit.SECONDS).atZone(ZoneOffset.UTC));
    LeaseEntry.read(stamped);
    return measured.get().compareTo(LeaseTiming.CLOCK_ERROR) <= 0;
  }

  private Optional<String> answered() {
    clock = received;
    return Optional.of(stamp);
  }
}
