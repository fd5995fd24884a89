package payments.dr.operations.drill.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import payments.dr.operations.drill.record.DrillRecord.Second;

class TallyTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private final Tally tally = new Tally();

  @Test
  void an_outage_is_the_longest_time_between_two_acknowledgements() {
    pay(0, "us-east-1");
    pay(95_500, "us-east-2");
    pay(1_000, "us-east-1");
    pay(96_000, "us-east-2");

    assertEquals(Duration.ofMillis(94_500), tally.longestGap(T, T.plusMillis(96_500)));
    assertEquals(Optional.of(T.plusMillis(95_500)), tally.first("us-east-2", T));
    assertEquals(Optional.empty(), tally.first("us-east-1", T.plusSeconds(2)));
  }

  @Test
  void an_outage_that_does_not_end_counts_up_to_the_end() {
    pay(1_000, "us-east-1");

    assertEquals(Duration.ofSeconds(299), tally.longestGap(T, T.plusSeconds(300)));
    assertEquals(Duration.ofSeconds(30), new Tally().longestGap(T, T.plusSeconds(30)));
  }

  @Test
  void payments_are_counted_by_region_and_moment() {
    pay(0, "us-east-1");
    pay(1_000, "us-east-1");
    pay(1_000, "us-east-2");

    assertEquals(1, tally.accepted("us-east-1", T.plusSeconds(1)));
    assertEquals(2, tally.accepted("us-east-1", T));
  }

  @Test
  void seconds_hold_what_was_answered_in_them() {
    pay(0, "us-east-1");
    pay(999, "us-east-1");
    tally.fail(T.plusMillis(2_100));

    assertEquals(
        List.of(
            new Second(T, Map.of("us-east-1", 2), 0), new Second(T.plusSeconds(2), Map.of(), 1)),
        tally.seconds());
  }

  @Test
  void what_is_forgotten_still_counts() {
    pay(0, "us-east-1");
    pay(5_000, "us-east-1");
    tally.fail(T.plusSeconds(1));

    tally.forget(T.plusSeconds(2));

    assertEquals(2, tally.total());
    assertEquals(1, tally.acknowledged().size());
    assertEquals(List.of(new Second(T.plusSeconds(5), Map.of("us-east-1", 1), 0)), tally.seconds());
  }

  private void pay(long millis, String region) {
    tally.acknowledge(
        new AcknowledgedPayment(
            "k" + millis + region, "id" + millis, T, T.plusMillis(millis), region, 1));
  }
}
