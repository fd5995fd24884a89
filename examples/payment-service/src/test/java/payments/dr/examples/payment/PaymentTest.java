package payments.dr.examples.payment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentTest {

  @Test
  void a_payment_is_an_amount_in_a_currency() {
    assertEquals(new Payment(1299, "EUR"), parse("{\"amount\": 1299, \"currency\": \"EUR\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"amount\": 1299}",
        "{\"currency\": \"EUR\"}",
        "{\"amount\": null, \"currency\": \"EUR\"}",
        "{\"amount\": 1299, \"currency\": null}",
        "{\"amount\": \"1299\", \"currency\": \"EUR\"}",
        "{\"amount\": 12.99, \"currency\": \"EUR\"}",
        "{\"amount\": 0, \"currency\": \"EUR\"}",
        "{\"amount\": -1, \"currency\": \"EUR\"}",
        "{\"amount\": 1000000001, \"currency\": \"EUR\"}",
        "{\"amount\": 99999999999999999999, \"currency\": \"EUR\"}",
        "{\"amount\": 1299, \"currency\": \"euro\"}",
        "{\"amount\": 1299, \"currency\": \"EUR\", \"tip\": 1}",
        "{\"amount\": 1299, \"amount\": 1, \"currency\": \"EUR\"}",
        "{\"amount\": 1299, \"currency\": \"EUR\"} {}",
        "4111111111111111"
      })
  void what_is_no_payment_is_refused_and_not_quoted(String body) {
    RefusedException refused = assertThrows(RefusedException.class, () -> parse(body));

    assertEquals(400, refused.status());
    assertFalse(refused.getMessage().contains("4111"), refused.getMessage());
  }

  @Test
  void the_hash_is_of_the_payment_and_not_of_its_spelling() {
    byte[] hash = parse("{\"amount\": 1299, \"currency\": \"EUR\"}").hash();

    assertArrayEquals(hash, parse("{\"currency\":\"EUR\",\"amount\":1299}").hash());
    assertFalse(Arrays.equals(hash, new Payment(1298, "EUR").hash()));
    assertFalse(Arrays.equals(hash, new Payment(1299, "USD").hash()));
  }

  private static Payment parse(String body) {
    return Payment.parse(body.getBytes(StandardCharsets.UTF_8));
  }
}
