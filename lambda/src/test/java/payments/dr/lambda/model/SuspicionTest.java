package payments.dr.lambda.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SuspicionTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration ENOUGH = Duration.ofSeconds(25);

  @Test
  void looks_that_agree_count_the_time_between_them_and_gaps_for_ten_seconds_at_most() {
    Suspicion second = Suspicion.since(START).after(Health.DOWN, at(5), ENOUGH);
    assertEquals(new Suspicion(Duration.ofSeconds(5), at(5), START), second);

    Suspicion late = second.after(Health.DOWN, at(25), ENOUGH);
    assertEquals(new Suspicion(Duration.ofSeconds(15), at(25), START), late);
    assertEquals(ENOUGH, late.after(Health.DOWN, at(45), ENOUGH).held(), "no more than enough");
  }

  @Test
  void look_that_says_the_opposite_takes_half_its_time_off_and_the_last_of_it_ends_the_suspicion() {
    Suspicion held = Suspicion.since(START).after(Health.DOWN, at(5), ENOUGH);

    assertEquals(
        new Suspicion(Duration.ofMillis(2_500), at(10), START),
        held.after(Health.UP, at(10), ENOUGH));
    assertEquals(Suspicion.none(at(15)), held.after(Health.UP, at(15), ENOUGH));
  }

  @Test
  void suspicion_that_ended_begins_anew_with_the_look_that_says_so() {
    Suspicion anew = Suspicion.none(at(15)).after(Health.DOWN, at(20), ENOUGH);

    assertEquals(new Suspicion(Duration.ofSeconds(5), at(20), at(20)), anew);
    assertEquals(at(15), Suspicion.none(at(15)).undoubtedUntil());
    assertEquals(at(20), anew.undoubtedUntil());
  }

  @Test
  void nothing_is_left_after_more_than_a_minute_whatever_is_seen_then() {
    Suspicion held = new Suspicion(Duration.ofSeconds(20), START, START);

    assertEquals(Suspicion.since(at(61)), held.after(Health.DOWN, at(61), ENOUGH));
    assertEquals(Suspicion.none(at(61)), held.after(Health.UP, at(61), ENOUGH));
    assertEquals(Suspicion.none(at(61)), held.after(Health.UNKNOWN, at(61), ENOUGH));
    assertEquals(held, held.after(Health.UNKNOWN, at(60), ENOUGH));
  }

  @Test
  void look_from_before_the_newest_counts_no_time_and_does_not_turn_it_back() {
    Suspicion held = new Suspicion(Duration.ofSeconds(5), at(20), START);

    assertEquals(held, held.after(Health.DOWN, at(15), ENOUGH));
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
