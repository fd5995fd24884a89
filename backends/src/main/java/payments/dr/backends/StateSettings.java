package payments.dr.backends;

import java.util.Objects;
import payments.dr.modules.region.RegionSettings;
import payments.dr.modules.settings.Faults;
import payments.dr.modules.settings.Setting;

/** Where the state of an environment or an account is kept. */
public record StateSettings(
    @Setting("s3, or local for a local AWS") StateKind kind,
    @Setting(
            value = "Bucket, when it is not named {bucketPrefix}-state-{environment}",
            pattern = "[a-z0-9][a-z0-9-]{1,61}[a-z0-9]",
            patternMeaning = "3 to 63 lower-case letters, digits and hyphens",
            optional = true)
        String bucket,
    @Setting(
            value = "Region of the bucket, when it is not the DR Region",
            pattern = RegionSettings.NAME_PATTERN,
            patternMeaning = RegionSettings.NAME_MEANING,
            optional = true)
        String region) {

  public StateSettings {
    kind = Objects.requireNonNullElse(kind, StateKind.S3);
    Faults faults = Faults.of(StateSettings.class, kind, bucket, region);
    if (kind == StateKind.LOCAL) {
      if (bucket != null) {
        faults.add("bucket", "be left out when kind is local", bucket);
      }
      if (region != null) {
        faults.add("region", "be left out when kind is local", region);
      }
    }
    faults.throwIfAny();
  }

  /** The backend of one stack, with the defaults where the settings leave something open. */
  public StateBackend backend(String defaultBucket, String defaultRegion, String stackName) {
    return switch (kind) {
      case S3 ->
          StateBackend.S3.of(
              Objects.requireNonNullElse(bucket, defaultBucket),
              Objects.requireNonNullElse(region, defaultRegion),
              stackName);
      case LOCAL -> StateBackend.Local.of(stackName);
    };
  }
}
