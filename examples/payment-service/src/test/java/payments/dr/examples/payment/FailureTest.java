package payments.dr.examples.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {

  @ParameterizedTest
  @CsvSource({
    "25006, READ_ONLY",
    "55P03, LOCKED",
    "08001, GONE",
    "08006, GONE",
    "57P01, GONE",
    "57014, OTHER",
    "42501, OTHER",
    ", GONE"
  })
  void an_error_means_what_its_state_says(String state, Failure meaning) {
    assertEquals(meaning, Failure.of(new SQLException("of a test", state)));
  }
}
