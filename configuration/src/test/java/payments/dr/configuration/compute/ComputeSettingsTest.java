package payments.dr.configuration.compute;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.SettingsFactory;

class ComputeSettingsTest {

  private static final RegionPair<String> IMAGES =
      new RegionPair<>("ami-0123456789abcdef0", "ami-0fedcba9876543210");

  static Stream<Arguments> bad_values() {
    return Stream.of(
        refused(
            () -> instances(3, 2, 6),
            "desiredInstances must be minInstances to maxInstances, 3 to 6, got 2"),
        refused(
            () -> instances(2, 7, 6),
            "desiredInstances must be minInstances to maxInstances, 2 to 6, got 7"),
        refused(
            () -> instances(4, null, 3), "maxInstances must be at least minInstances, 4, got 3"),
        refused(() -> instances(0, 2, 6), "minInstances must be 1 to 500, got 0"),
        refused(
            () -> instanceType("medium"),
            "instanceType must be an EC2 instance type such as t3.medium, got \"medium\""),
        refused(
            () -> image("ami-0123456789abcdef0"),
            "imageParameter must be the path of an SSM parameter such as /payments/image:3, got"
                + " \"ami-0123456789abcdef0\""),
        refused(
            () -> standby("minInstances", 1),
            "dr.minInstances must be minInstances to maxInstances, 2 to 6, got 1"),
        refused(
            () -> standby("minInstances", 7),
            "dr.minInstances must be minInstances to maxInstances, 2 to 6, got 7"),
        refused(
            () -> standby("reservedInstances", 7),
            "dr.reservedInstances must be at most maxInstances, 6, got 7"),
        refused(
            () -> standby("loadBalancerCapacityUnits", 99),
            "loadBalancerCapacityUnits must be 100 to 15000, got 99"),
        refused(
            () ->
                SettingsFactory.of(
                    ComputeSettings.class,
                    "imageParameter",
                    "/payments/image:3",
                    "imageIds",
                    IMAGES),
            "imageParameter must be left out where imageIds name the images, got"
                + " \"/payments/image:3\""),
        refused(
            () -> healthCheckPath("health.html"),
            "healthCheckPath must be a path without query such as /health.html, got"
                + " \"health.html\""),
        refused(
            () -> healthCheckPath("/../etc/shadow"),
            "healthCheckPath must be a path without query such as /health.html, got"
                + " \"/../etc/shadow\""),
        refused(() -> seconds(20, null, null), "startupSeconds must be 30 to 900, got 20"),
        refused(
            () -> seconds(null, 3601, null),
            "deregistrationDelaySeconds must be 0 to 3600, got 3601"),
        refused(
            () -> seconds(null, null, 59), "clientKeepAliveSeconds must be 60 to 604800, got 59"),
        refused(() -> cpu(95), "targetCpuPercent must be 10 to 90, got 95"),
        refused(() -> volume(4), "volumeGiB must be 8 to 16384, got 4"),
        refused(
            () -> logs(45),
            "logRetentionDays must be one of 30, 60, 90, 180, 365, 400, 731, 1096, 1827, got"
                + " 45"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("bad_values")
  void bad_values_are_refused(Executable creation, String message) {
    assertEquals(message, assertThrows(InvalidSettingsException.class, creation).getMessage());
  }

  @Test
  void defaults_are_the_predecessors_fleet_behind_https() {
    ComputeSettings defaults = SettingsFactory.of(ComputeSettings.class);

    assertAll(
        () -> assertEquals("t3.medium", defaults.instanceType()),
        () -> assertEquals(2, defaults.minInstances()),
        () -> assertEquals(2, defaults.desiredInstances()),
        () -> assertEquals(6, defaults.maxInstances()),
        () -> assertEquals("/health.html", defaults.healthCheckPath()),
        () -> assertTrue(defaults.tls()));
  }

  @Test
  void fleet_starts_with_its_minimum_unless_told_otherwise() {
    assertEquals(4, instances(4, null, 8).desiredInstances());
  }

  @ParameterizedTest
  @CsvSource({
    "t3.medium, x86_64",
    "g4dn.xlarge, x86_64",
    "m7i-flex.large, x86_64",
    "t4g.medium, arm64",
    "m7gd.large, arm64",
    "c6gn.large, arm64",
    "a1.large, arm64"
  })
  void default_image_fits_the_processor(String instanceType, String architecture) {
    assertEquals(
        "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-" + architecture,
        instanceType(instanceType).imageParameter());
  }

  @Test
  void regions_differ_only_in_what_stands_ready() {
    ComputeSettings settings = standby("minInstances", 4);

    assertEquals(new FleetSize(2, 2, 6, 0), settings.size(RegionRole.PRIMARY));
    assertEquals(new FleetSize(4, 4, 6, 0), settings.size(RegionRole.DR));
    ComputeSettings defaults = SettingsFactory.of(ComputeSettings.class);
    assertEquals(defaults.size(RegionRole.PRIMARY), defaults.size(RegionRole.DR));
    ComputeSettings held = standby("loadBalancerCapacityUnits", 100);
    assertEquals(OptionalInt.empty(), held.loadBalancerCapacityUnits(RegionRole.PRIMARY));
    assertEquals(OptionalInt.of(100), held.loadBalancerCapacityUnits(RegionRole.DR));
  }

  @Test
  void image_is_that_of_the_region_or_the_parameters() {
    ComputeSettings pinned = SettingsFactory.of(ComputeSettings.class, "imageIds", IMAGES);

    assertEquals("ami-0fedcba9876543210", pinned.image(RegionRole.DR));
    assertEquals("resolve:ssm:/payments/image:3", image("/payments/image:3").image(RegionRole.DR));
  }

  private static ComputeSettings standby(String key, Integer value) {
    return SettingsFactory.of(
        ComputeSettings.class, "dr", SettingsFactory.of(StandbySettings.class, key, value));
  }

  private static Arguments refused(Executable creation, String message) {
    return Arguments.of(creation, message);
  }

  private static ComputeSettings instances(Integer min, Integer desired, Integer max) {
    return settings(null, null, min, desired, max, null, null, null, null, null, null, null);
  }

  private static ComputeSettings instanceType(String type) {
    return settings(type, null, null, null, null, null, null, null, null, null, null, null);
  }

  private static ComputeSettings image(String parameter) {
    return settings(null, parameter, null, null, null, null, null, null, null, null, null, null);
  }

  private static ComputeSettings healthCheckPath(String path) {
    return settings(null, null, null, null, null, null, null, null, path, null, null, null);
  }

  private static ComputeSettings seconds(Integer startup, Integer deregistration, Integer client) {
    return settings(
        null, null, null, null, null, null, startup, null, null, deregistration, client, null);
  }

  private static ComputeSettings cpu(Integer percent) {
    return settings(null, null, null, null, null, percent, null, null, null, null, null, null);
  }

  private static ComputeSettings volume(Integer gib) {
    return settings(null, null, null, null, null, null, null, gib, null, null, null, null);
  }

  private static ComputeSettings logs(Integer days) {
    return settings(null, null, null, null, null, null, null, null, null, null, null, days);
  }

  private static ComputeSettings settings(
      String type,
      String image,
      Integer min,
      Integer desired,
      Integer max,
      Integer cpu,
      Integer startup,
      Integer volume,
      String path,
      Integer deregistration,
      Integer client,
      Integer logs) {
    return SettingsFactory.of(
        ComputeSettings.class,
        "instanceType",
        type,
        "imageParameter",
        image,
        "minInstances",
        min,
        "desiredInstances",
        desired,
        "maxInstances",
        max,
        "targetCpuPercent",
        cpu,
        "startupSeconds",
        startup,
        "volumeGiB",
        volume,
        "healthCheckPath",
        path,
        "deregistrationDelaySeconds",
        deregistration,
        "clientKeepAliveSeconds",
        client,
        "logRetentionDays",
        logs);
  }
}
