package payments.dr.examples.payment;

import java.util.HashMap;
import java.util.Map;

/**
 * What a client gets.
 *
 * @param status of HTTP
 * @param body becomes JSON; null: none
 * @param headers beside those that every answer has
 */
record Answer(int status, Object body, Map<String, String> headers) {

  static Answer of(int status, Object body) {
    return new Answer(status, body, Map.of());
  }

  static Answer nothing() {
    return of(204, null);
  }

  static Answer error(int status, String why) {
    return of(status, Map.of("error", why));
  }

  /** Nothing is known to be done; worth another try, of a payment with the same key. */
  static Answer later(String why) {
    return error(503, why).with("Retry-After", "1");
  }

  Answer with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Answer(status, body, more);
  }
}
