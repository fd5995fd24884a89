package payments.dr.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({
    "natGateway, natGateways",
    "natgateways, natGateways",
    "protectdata, protectData",
    "protecData, protectData",
    "protetcData, protectData",
    "dr, ",
    "colour, ",
  })
  void guesses_what_was_meant(String given, String meant) {
    assertEquals(
        Optional.ofNullable(meant), Nearest.to(given, List.of("natGateways", "protectData")));
  }
}
