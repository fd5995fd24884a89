package payments.dr.lambda.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LongestLagTest {

  private final LongestLag lag = new LongestLag();

  @Test
  void worst_of_many_looks_is_told_once() {
    lag.add(Duration.ofMillis(80));
    lag.add(Duration.ofMillis(4_200));
    lag.add(null);
    lag.add(Duration.ofMillis(90));

    assertEquals(Optional.of(Duration.ofMillis(4_200)), lag.take());
    assertEquals(Optional.empty(), lag.take());
  }

  @Test
  void a_database_that_tells_no_lag_is_not_one_without_lag() {
    lag.add(null);

    assertEquals(Optional.empty(), lag.take());
  }
}
