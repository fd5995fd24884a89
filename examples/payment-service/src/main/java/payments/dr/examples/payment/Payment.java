package payments.dr.examples.payment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * What a client asks for.
 *
 * @param amount in the currency's smallest unit
 * @param currency as in ISO 4217
 */
record Payment(
    @JsonProperty(required = true) long amount, @JsonProperty(required = true) String currency) {

  static final long LARGEST = 1_000_000_000;

  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  /**
   * @throws RefusedException when it is no payment; the message quotes nothing of it
   */
  static Payment parse(byte[] body) {
    Payment payment;
    try {
      payment = JSON.readValue(body, Payment.class);
    } catch (IOException e) {
      throw new RefusedException(
          400, "body must be JSON such as {\"amount\": 1299, \"currency\": \"EUR\"}");
    }
    if (payment == null || payment.amount < 1 || payment.amount > LARGEST) {
      throw new RefusedException(400, "amount must be 1 to " + LARGEST);
    }
    if (payment.currency == null || !CURRENCY.matcher(payment.currency).matches()) {
      throw new RefusedException(400, "currency must be three capital letters");
    }
    return payment;
  }

  /** The same for the same payment, however its JSON was written. */
  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest((amount + " " + currency).getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
