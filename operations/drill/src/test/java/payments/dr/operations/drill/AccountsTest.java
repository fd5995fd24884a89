package payments.dr.operations.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import payments.dr.operations.drill.load.AcknowledgedPayment;
import payments.dr.operations.drill.record.DrillRecord.Balance;

class AccountsTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void payments_that_agree_are_neither_lost_nor_doubled() {
    Accounts accounts =
        new Accounts(
            List.of(paid("a", "1", 0)), Map.of("a", Set.of("1"), "of another drill", Set.of("9")));

    assertEquals(new Balance(1, 0, 0, 0), accounts.balance(Set.of()));
    assertEquals(Optional.empty(), accounts.span());
  }

  @Test
  void lost_payments_are_told_from_those_found_again() {
    Accounts accounts =
        new Accounts(
            List.of(paid("a", "1", 0), paid("b", "2", 1), paid("c", "3", 4)),
            Map.of("a", Set.of("1")));

    assertEquals(new Balance(3, 2, 1, 0), accounts.balance(Set.of("c")));
    assertEquals(Optional.of(Duration.ofSeconds(3)), accounts.span());
  }

  /** The customer holds a receipt of a payment that is another one in the database. */
  @Test
  void key_with_another_id_than_the_customers_is_doubled() {
    Accounts accounts = new Accounts(List.of(paid("a", "1", 0)), Map.of("a", Set.of("2")));

    assertEquals(new Balance(1, 0, 0, 1), accounts.balance(Set.of()));
  }

  @Test
  void key_with_two_ids_is_doubled_once() {
    Accounts accounts = new Accounts(List.of(paid("a", "1", 0)), Map.of("a", Set.of("1", "2")));

    assertEquals(new Balance(1, 0, 0, 1), accounts.balance(Set.of()));
  }

  private static AcknowledgedPayment paid(String key, String id, int second) {
    return new AcknowledgedPayment(key, id, T, T.plusSeconds(second), "us-east-1", 1);
  }
}
