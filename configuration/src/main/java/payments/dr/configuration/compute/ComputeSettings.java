package payments.dr.configuration.compute;

import java.util.Objects;
import payments.dr.configuration.settings.Faults;
import payments.dr.configuration.settings.Setting;

/** The fleet and its load balancer, the same in both Regions: each must carry the whole load. */
public record ComputeSettings(
    @Setting(
            value = "EC2 instance type",
            pattern = "[a-z][a-z0-9-]*\\.[a-z0-9-]+",
            patternMeaning = "an EC2 instance type such as t3.medium")
        String instanceType,
    @Setting(
            value =
                "SSM parameter in each Region that names the machine image; :version behind it"
                    + " pins one. Default: Amazon Linux 2023 for the instance type's processor",
            pattern = "(/[A-Za-z0-9._-]+)+(:\\d+)?",
            patternMeaning = "the path of an SSM parameter such as /payments/image:3")
        String imageParameter,
    @Setting(value = "Fewest instances a Region runs", min = 1, max = 500) Integer minInstances,
    @Setting(value = "Instances a new fleet starts with; then scaling decides", min = 1, max = 500)
        Integer desiredInstances,
    @Setting(value = "Most instances a Region runs", min = 1, max = 500) Integer maxInstances,
    @Setting(value = "Average CPU load, in percent, that scaling holds", min = 10, max = 90)
        Integer targetCpuPercent,
    @Setting(value = "Seconds from launch until an instance is healthy", min = 30, max = 900)
        Integer startupSeconds,
    @Setting(value = "Size of an instance's volume in GiB", min = 8, max = 16384) Integer volumeGiB,
    @Setting(
            value = "Path that answers 200 while an instance is healthy",
            pattern = "(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+",
            patternMeaning = "a path without query such as /health.html")
        String healthCheckPath,
    @Setting("Whether clients use HTTPS; false only for a local AWS") Boolean tls,
    @Setting(
            value = "Seconds that running requests get when an instance leaves",
            min = 0,
            max = 3600)
        Integer deregistrationDelaySeconds,
    @Setting(
            value =
                "Longest life, in seconds, of a client's connection, which keeps it in a Region",
            min = 60,
            max = 604800)
        Integer clientKeepAliveSeconds,
    @Setting(
            value = "Days that the application's logs are kept",
            oneOf = {"30", "60", "90", "180", "365", "400", "731", "1096", "1827"})
        Integer logRetentionDays) {

  private static final String AMAZON_LINUX =
      "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-";

  public ComputeSettings {
    instanceType = Objects.requireNonNullElse(instanceType, "t3.medium");
    imageParameter =
        Objects.requireNonNullElse(imageParameter, AMAZON_LINUX + architecture(instanceType));
    minInstances = Objects.requireNonNullElse(minInstances, 2);
    desiredInstances = Objects.requireNonNullElse(desiredInstances, minInstances);
    maxInstances = Objects.requireNonNullElse(maxInstances, 6);
    targetCpuPercent = Objects.requireNonNullElse(targetCpuPercent, 60);
    startupSeconds = Objects.requireNonNullElse(startupSeconds, 120);
    volumeGiB = Objects.requireNonNullElse(volumeGiB, 20);
    healthCheckPath = Objects.requireNonNullElse(healthCheckPath, "/health.html");
    tls = Objects.requireNonNullElse(tls, true);
    deregistrationDelaySeconds = Objects.requireNonNullElse(deregistrationDelaySeconds, 30);
    clientKeepAliveSeconds = Objects.requireNonNullElse(clientKeepAliveSeconds, 180);
    logRetentionDays = Objects.requireNonNullElse(logRetentionDays, 400);
    Faults faults =
        Faults.of(
            ComputeSettings.class,
            instanceType,
            imageParameter,
            minInstances,
            desiredInstances,
            maxInstances,
            targetCpuPercent,
            startupSeconds,
            volumeGiB,
            healthCheckPath,
            tls,
            deregistrationDelaySeconds,
            clientKeepAliveSeconds,
            logRetentionDays);
    if (maxInstances < minInstances) {
      faults.add("maxInstances", "be at least minInstances, " + minInstances, maxInstances);
    } else if (desiredInstances < minInstances || desiredInstances > maxInstances) {
      faults.add(
          "desiredInstances",
          "be minInstances to maxInstances, " + minInstances + " to " + maxInstances,
          desiredInstances);
    }
    faults.throwIfAny();
  }

  /** Graviton families carry a g behind their generation, all but the first. */
  private static String architecture(String instanceType) {
    return instanceType.matches("a1\\..*|[a-z]+\\d+g.*") ? "arm64" : "x86_64";
  }
}
