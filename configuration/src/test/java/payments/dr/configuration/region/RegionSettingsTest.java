package payments.dr.configuration.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.SettingsFactory;

class RegionSettingsTest {

  private static final List<String> ZONES = List.of("us-east-1a", "us-east-1b");

  private static final String REFUSED =
      "name must be an AWS Region such as us-east-1, of none but the partition aws: not China,"
          + " GovCloud or a sovereign or isolated cloud; and one whose roots of Amazon RDS the"
          + " failover function holds, got ";

  static Stream<Arguments> bad_values() {
    return Stream.of(
        Arguments.of(
            "virginia", "10.0.0.0/16", List.of("virginiaa", "virginiab"), REFUSED + "\"virginia\""),
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
            "availabilityZones must be zones of us-east-1, by name such as us-east-1a or by id such"
                + " as use1-az1, got \"us-east-2b\""),
        Arguments.of(
            "us-east-1",
            "10.0.0.0/16",
            List.of("use1-az1", "use2-az2"),
            "availabilityZones must be zones of us-east-1, by name such as us-east-1a or by id such"
                + " as use1-az1, got \"use2-az2\""),
        Arguments.of(
            "us-east-1",
            "10.0.0.0/16",
            List.of("us-east-1a", "use1-az2"),
            "availabilityZones must be all names or all ids, got [us-east-1a, use1-az2]"),
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "us-gov-west-1",
        "us-gov-east-1",
        "cn-north-1",
        "cn-northwest-1",
        "us-iso-east-1",
        "us-isob-east-1",
        "eu-isoe-west-1",
        "eusc-de-east-1"
      })
  void regions_of_other_partitions_are_refused(String name) {
    assertEquals(
        REFUSED + "\"" + name + "\"",
        assertThrows(InvalidSettingsException.class, () -> of(name)).getMessage());
  }

  /** The failover function could not verify their databases. */
  @ParameterizedTest
  @ValueSource(strings = {"il-central-1", "mx-central-1", "ca-west-1", "ap-southeast-5"})
  void regions_without_known_roots_are_refused(String name) {
    assertEquals(
        REFUSED + "\"" + name + "\"",
        assertThrows(InvalidSettingsException.class, () -> of(name)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"eu-central-1", "ap-southeast-4", "ap-northeast-3", "us-west-2"})
  void regions_of_the_partition_aws_are_taken(String name) {
    assertEquals(name, of(name).name());
  }

  private static RegionSettings of(String name) {
    return SettingsFactory.of(
        RegionSettings.class,
        "name",
        name,
        "cidrBlock",
        CidrBlock.valueOf("10.0.0.0/16"),
        "availabilityZones",
        List.of(name + "a", name + "b"));
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

  @ParameterizedTest
  @CsvSource({
    "us-east-1, use1-az6",
    "us-west-2, usw2-az4",
    "eu-central-1, euc1-az1",
    "eu-north-1, eun1-az1",
    "ap-southeast-4, apse4-az2",
    "ap-northeast-1, apne1-az4",
    "sa-east-1, sae1-az3"
  })
  void zones_may_be_named_by_id(String region, String id) {
    List<String> zones = List.of(id, id.replaceFirst("\\d$", "9"));
    RegionSettings settings = new RegionSettings(region, CidrBlock.valueOf("10.0.0.0/16"), zones);

    assertTrue(settings.zonesAreIds());
    assertFalse(of(region).zonesAreIds());
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
