package payments.dr.configuration.encryption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.SettingsFactory;

class EncryptionSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "89, 30, 'rotationPeriodDays must be 90 to 2560, got 89'",
    "2561, 30, 'rotationPeriodDays must be 90 to 2560, got 2561'",
    "365, 6, 'deletionWindowDays must be 7 to 30, got 6'",
    "365, 31, 'deletionWindowDays must be 7 to 30, got 31'"
  })
  void bad_values_are_refused(Integer rotation, Integer deletion, String message) {
    InvalidSettingsException refused =
        assertThrows(
            InvalidSettingsException.class,
            () ->
                SettingsFactory.of(
                    EncryptionSettings.class,
                    "rotationPeriodDays",
                    rotation,
                    "deletionWindowDays",
                    deletion));

    assertEquals(message, refused.getMessage());
  }

  @Test
  void keys_rotate_each_year_by_default() {
    EncryptionSettings defaults = SettingsFactory.of(EncryptionSettings.class);

    assertEquals(365, defaults.rotationPeriodDays());
    assertEquals(30, defaults.deletionWindowDays());
  }
}
