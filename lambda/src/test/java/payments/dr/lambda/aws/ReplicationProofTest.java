package payments.dr.lambda.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicationProofTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final ReplicationProof proof = new ReplicationProof();

  @Test
  void log_that_grew_since_the_look_before_proves_what_the_lag_says() {
    assertEquals(Optional.empty(), look("v1", 0, 100));
    assertEquals(Optional.of(NOW.plusSeconds(5).minusMillis(300)), look("v1", 5, 101));
  }

  @Test
  void lag_of_a_log_that_stands_proves_nothing() {
    look("v1", 0, 100);
    assertEquals(Optional.empty(), look("v1", 5, 100));
    assertEquals(Optional.empty(), look("v1", 10, 99));
  }

  @Test
  void growth_since_a_look_of_long_ago_may_be_older_than_the_cut() {
    look("v1", 0, 100);
    assertEquals(Optional.empty(), look("v1", 16, 101));
    assertEquals(Optional.of(NOW.plusSeconds(31).minusMillis(300)), look("v1", 31, 102));
  }

  @Test
  void generations_count_on_their_own() {
    look("v1", 0, 100);
    assertEquals(Optional.empty(), look("v2", 5, 200));
    assertEquals(Optional.empty(), look("v1", 10, 300));
  }

  @Test
  void look_that_sees_nothing_takes_nothing_away() {
    look("v1", 0, 100);
    assertEquals(Optional.empty(), proof.after("v1", null));
    assertEquals(Optional.of(NOW.plusSeconds(10).minusMillis(300)), look("v1", 10, 101));
  }

  private Optional<Instant> look(String generation, int second, long position) {
    return proof.after(
        generation,
        new Replica.Follower(NOW.plusSeconds(second), position, Duration.ofMillis(300)));
  }
}
