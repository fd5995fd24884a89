package payments.dr.ledger.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.ledger.DynamoDbLedger;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The clock by the stamps of answers, through the SDK's own client. */
class ClockErrorTest {

  private static final Instant SENT = Instant.parse("2026-11-30T09:00:00.500Z");

  private Instant now = SENT;
  private final InstantSource clock = () -> now;
  private final ClockError error = new ClockError(clock);

  @Test
  void nothing_is_known_before_the_first_answer() {
    assertEquals(Duration.ZERO, error.get());
  }

  /** A stamp is cut to the second, and made some time between call and answer. */
  @ParameterizedTest(name = "stamped {0} while this clock said 09:00:00.500 and {1} ms more")
  @CsvSource({
    "09:00:00,    0,   500",
    "09:00:00,  800,  1300",
    "09:00:01, 1000,  1500",
    "09:00:01,    0,  1500",
    "09:00:05,    0,  5500",
    "09:00:05, 4000,  5500",
    "09:00:05, 9000,  5500",
    "08:59:59,    0,  1500",
    "08:59:59, 3000,  4500",
    "08:59:50,    0, 10500"
  })
  void error_is_the_largest_that_the_call_allows(String stamp, long took, long millis) {
    answer("Mon, 30 Nov 2026 " + stamp + " GMT", took);

    assertEquals(Duration.ofMillis(millis), error.get());
  }

  @Test
  void newest_answer_counts() {
    answer("Mon, 30 Nov 2026 09:01:00 GMT", 0);
    answer("Mon, 30 Nov 2026 09:00:00 GMT", 0);

    assertEquals(Duration.ofMillis(500), error.get());
  }

  @ParameterizedTest
  @CsvSource(
      value = {"yesterday", "NULL"},
      nullValues = "NULL")
  void answer_without_a_stamp_says_nothing_of_the_clock(String stamp) {
    answer("Mon, 30 Nov 2026 09:01:00 GMT", 0);
    Duration before = error.get();

    answer(stamp, 0);

    assertEquals(before, error.get());
  }

  private void answer(String stamp, long took) {
    now = SENT;
    try (DynamoDbClient client =
        DynamoDbClient.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(
                new StampedAnswers(
                    () -> {
                      now = SENT.plusMillis(took);
                      return Optional.ofNullable(stamp);
                    }))
            .overrideConfiguration(it -> it.addExecutionInterceptor(error))
            .build()) {
      assertEquals(0, LeaseEntry.read(new DynamoDbLedger(client, "ledger")).version());
    }
  }
}
