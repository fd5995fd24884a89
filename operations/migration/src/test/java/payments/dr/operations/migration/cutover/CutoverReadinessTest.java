package payments.dr.operations.migration.cutover;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import payments.dr.operations.console.BadInputException;

class CutoverReadinessTest {

  private final CutoverReadiness readiness =
      new CutoverReadiness(null, null, CutoverLimits.DEFAULT);

  @Test
  void what_is_left_to_the_pause_may_take_half_of_it() {
    assertDoesNotThrow(() -> readiness.requireShort(Map.of()));
    assertDoesNotThrow(
        () ->
            readiness.requireShort(
                Map.of("app.a", Duration.ofSeconds(100), "app.b", Duration.ofSeconds(50))));
  }

  @Test
  void more_is_refused_with_the_tables() {
    BadInputException refused =
        assertThrows(
            BadInputException.class,
            () ->
                readiness.requireShort(
                    Map.of("app.b", Duration.ofSeconds(100), "app.a", Duration.ofMillis(50_100))));

    assertEquals(
        "comparing tables that change all the time, as a whole, must take at most 150.0 s, half of"
            + " the longest pause of writes, got 150.1 s for app.a, app.b: give them a primary key,"
            + " or stop who writes them until the cutover is done",
        refused.getMessage());
  }
}
