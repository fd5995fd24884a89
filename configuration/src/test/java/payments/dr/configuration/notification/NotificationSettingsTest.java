package payments.dr.configuration.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.SettingsFactory;

class NotificationSettingsTest {

  static Stream<Arguments> bad_values() {
    return Stream.of(
        Arguments.of(
            List.of("oncall"),
            "emails must be an e-mail address such as payments-oncall@example.com, got"
                + " \"oncall\""),
        Arguments.of(
            List.of("on call@example.com"),
            "emails must be an e-mail address such as payments-oncall@example.com, got"
                + " \"on call@example.com\""),
        Arguments.of(
            List.of("a@example.com", "A@example.com"),
            "emails must name each address once, got [a@example.com, A@example.com]"));
  }

  @ParameterizedTest
  @MethodSource("bad_values")
  void bad_values_are_refused(List<String> emails, String message) {
    InvalidSettingsException refused =
        assertThrows(
            InvalidSettingsException.class,
            () -> SettingsFactory.of(NotificationSettings.class, "emails", emails));

    assertEquals(message, refused.getMessage());
  }

  @Test
  void nobody_is_subscribed_by_default() {
    assertEquals(List.of(), SettingsFactory.of(NotificationSettings.class).emails());
  }
}
