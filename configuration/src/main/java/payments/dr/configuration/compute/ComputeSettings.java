package payments.dr.configuration.compute;

import java.util.Objects;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;

/** The fleet and its load balancer, the same in both Regions: each must carry the whole load. */
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
            defaultValue = "180",
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
    imageParameter =
        Objects.requireNonNullElse(imageParameter, AMAZON_LINUX + architecture(instanceType));
    desiredInstances = Objects.requireNonNullElse(desiredInstances, minInstances);
    ConfigurationErrors errors = new ConfigurationErrors();
    if (maxInstances < minInstances) {
      errors.add("maxInstances", "be at least minInstances, " + minInstances, maxInstances);
    } else if (desiredInstances < minInstances || desiredInstances > maxInstances) {
      errors.add(
          "desiredInstances",
          "be minInstances to maxInstances, " + minInstances + " to " + maxInstances,
          desiredInstances);
    }
    errors.throwIfAny();
  }

  /** Graviton families carry a g behind their generation, all but the first. */
  private static String architecture(String instanceType) {
    return instanceType.matches("a1\\..*|[a-z]+\\d+g.*") ? "arm64" : "x86_64";
  }
}
