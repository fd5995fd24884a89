package payments.dr.configuration.compute;

import java.util.Objects;
import java.util.OptionalInt;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;

/**
 * The fleet and its load balancer, the same in both Regions: each must carry the whole load. Only
 * what stands ready in the DR Region, and which image a Region boots, may differ.
 */
public record ComputeSettings(
    @Setting(
            value = "EC2 instance type",
            defaultValue = "t3.medium",
            pattern = "[a-z][a-z0-9-]*\\.[a-z0-9-]+",
            patternMeaning = "an EC2 instance type such as t3.medium")
        String instanceType,
    @Setting(
            value =
                "SSM parameter in each Region that names the machine image; :version behind it"
                    + " pins one. Default: Amazon Linux 2023 for the instance type's processor",
            pattern = "(/[A-Za-z0-9._-]+)+(:\\d+)?",
            patternMeaning = "the path of an SSM parameter such as /payments/image:3",
            optional = true)
        String imageParameter,
    @Setting(
            value =
                "Machine image of each Region instead of imageParameter's: a new one is proved in"
                    + " the primary Region before it is named for the DR Region",
            pattern = "ami-([0-9a-f]{8}|[0-9a-f]{17})",
            patternMeaning = "the id of a machine image such as ami-0123456789abcdef0",
            optional = true)
        RegionPair<String> imageIds,
    @Setting(value = "Fewest instances a Region runs", defaultValue = "2", min = 1, max = 500)
        Integer minInstances,
    @Setting(
            value =
                "Instances a new fleet starts with; then scaling decides. Default: minInstances",
            min = 1,
            max = 500,
            optional = true)
        Integer desiredInstances,
    @Setting(value = "Most instances a Region runs", defaultValue = "6", min = 1, max = 500)
        Integer maxInstances,
    @Setting("What stands ready in the DR Region") StandbySettings dr,
    @Setting(
            value = "Average CPU load, in percent, that scaling holds",
            defaultValue = "60",
            min = 10,
            max = 90)
        Integer targetCpuPercent,
    @Setting(
            value = "Seconds from launch until an instance is healthy",
            defaultValue = "120",
            min = 30,
            max = 900)
        Integer startupSeconds,
    @Setting(
            value = "Size of an instance's volume in GiB",
            defaultValue = "20",
            min = 8,
            max = 16384)
        Integer volumeGiB,
    @Setting(
            value = "Path that answers 200 while an instance is healthy",
            defaultValue = "/health.html",
            pattern = "(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+",
            patternMeaning = "a path without query such as /health.html")
        String healthCheckPath,
    @Setting(value = "Whether clients use HTTPS; false only for a local AWS", defaultValue = "true")
        Boolean tls,
    @Setting(
            value = "Seconds that running requests get when an instance leaves",
            defaultValue = "30",
            min = 0,
            max = 3600)
        Integer deregistrationDelaySeconds,
    @Setting(
            value =
                "Longest life, in seconds, of a client's connection, which keeps it in a Region",
            defaultValue = "60",
            min = 60,
            max = 604800)
        Integer clientKeepAliveSeconds,
    @Setting(
            value = "Days that the application's logs are kept",
            defaultValue = "400",
            oneOf = {"30", "60", "90", "180", "365", "400", "731", "1096", "1827"})
        Integer logRetentionDays) {

  private static final String AMAZON_LINUX =
      "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-";

  public ComputeSettings {
    ConfigurationErrors errors = new ConfigurationErrors();
    if (imageIds != null && imageParameter != null) {
      errors.add("imageParameter", "be left out where imageIds name the images", imageParameter);
    }
    imageParameter =
        Objects.requireNonNullElse(imageParameter, AMAZON_LINUX + architecture(instanceType));
    desiredInstances = Objects.requireNonNullElse(desiredInstances, minInstances);
    if (maxInstances < minInstances) {
      errors.add("maxInstances", "be at least minInstances, " + minInstances, maxInstances);
    } else {
      within(errors, "desiredInstances", desiredInstances, minInstances, maxInstances);
      within(errors, "dr.minInstances", dr.minInstances(), minInstances, maxInstances);
    }
    if (dr.reservedInstances() > maxInstances) {
      errors.add(
          "dr.reservedInstances",
          "be at most maxInstances, " + maxInstances,
          dr.reservedInstances());
    }
    errors.throwIfAny();
  }

  private static void within(
      ConfigurationErrors errors, String key, Integer value, int min, int max) {
    if (value != null && (value < min || value > max)) {
      errors.add(key, "be minInstances to maxInstances, " + min + " to " + max, value);
    }
  }

  /** How many instances the fleet of a Region has. */
  public FleetSize size(RegionRole role) {
    return switch (role) {
      case PRIMARY -> new FleetSize(minInstances, desiredInstances, maxInstances, 0);
      case DR -> {
        int min = Objects.requireNonNullElse(dr.minInstances(), minInstances);
        yield new FleetSize(
            min, Math.max(min, desiredInstances), maxInstances, dr.reservedInstances());
      }
    };
  }

  /** Capacity units that the load balancer of a Region never goes below; empty: none are held. */
  public OptionalInt loadBalancerCapacityUnits(RegionRole role) {
    Integer units =
        switch (role) {
          case PRIMARY -> null;
          case DR -> dr.loadBalancerCapacityUnits();
        };
    return units == null ? OptionalInt.empty() : OptionalInt.of(units);
  }

  /**
   * What a launch template of a Region names as its image: an id, or the parameter to look it up by
   * at each launch.
   */
  public String image(RegionRole role) {
    return imageIds == null ? "resolve:ssm:" + imageParameter : imageIds.get(role);
  }

  /** Graviton families carry a g behind their generation, all but the first. */
  private static String architecture(String instanceType) {
    return instanceType.matches("a1\\..*|[a-z]+\\d+g.*") ? "arm64" : "x86_64";
  }
}
