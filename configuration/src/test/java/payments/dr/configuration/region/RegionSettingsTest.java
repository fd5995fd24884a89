package payments.dr.configuration.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.SettingsFactory;

class RegionSettingsTest {

  private static final List<String> ZONES = List.of("us-east-1a", "us-east-1b");

  static Stream<Arguments> bad_values() {
    return Stream.of(
        Arguments.of(
            "virginia",
            "10.0.0.0/16",
            List.of("virginiaa", "virginiab"),
            "name must be an AWS Region such as us-east-1, got \"virginia\""),
        Arguments.of(
            "us-east-1",
            "10.0.0.0/8",
            ZONES,
            "cidrBlock must be a /16 to /22 block to hold its subnets, got \"10.0.0.0/8\""),
        Arguments.of(
            "us-east-1",
            "10.0.0.0/23",
            ZONES,
            "cidrBlock must be a /16 to /22 block to hold its subnets, got \"10.0.0.0/23\""),
        Arguments.of(
            "us-east-1",
            "10.0.0.0/16",
            List.of("us-east-1a"),
            "availabilityZones must be 2 to 4 elements, got [us-east-1a]"),
        Arguments.of(
            "us-east-1",
            "10.0.0.0/16",
            List.of("us-east-1a", "us-east-2b"),
            "availabilityZones must be zones of us-east-1 such as us-east-1a, got \"us-east-2b\""),
        Arguments.of(
            "us-east-1",
            "10.0.0.0/16",
            List.of("us-east-1a", "us-east-1a"),
            "availabilityZones must name each zone once, got [us-east-1a, us-east-1a]"));
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("bad_values")
  void bad_values_are_refused(String name, String block, List<String> zones, String message) {
    CidrBlock cidrBlock = CidrBlock.valueOf(block);

    InvalidSettingsException refused =
        assertThrows(
            InvalidSettingsException.class,
            () ->
                SettingsFactory.of(
                    RegionSettings.class,
                    "name",
                    name,
                    "cidrBlock",
                    cidrBlock,
                    "availabilityZones",
                    zones));

    assertEquals(message, refused.getMessage());
  }

  @Test
  void everything_missing_is_said_at_once() {
    InvalidSettingsException refused =
        assertThrows(
            InvalidSettingsException.class, () -> SettingsFactory.of(RegionSettings.class));

    assertEquals(
        List.of("name", "cidrBlock", "availabilityZones"),
        refused.errors().stream().map(error -> error.key()).toList());
  }

  @Test
  void zones_cannot_be_changed_from_outside() {
    List<String> zones = new ArrayList<>(ZONES);
    RegionSettings settings =
        new RegionSettings("us-east-1", CidrBlock.valueOf("10.0.0.0/16"), zones);

    zones.clear();

    assertEquals(ZONES, settings.availabilityZones());
  }
}
