package payments.dr.configuration.state;

import java.util.Objects;
import java.util.stream.Stream;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;

/** Where the state of an environment or an account is kept. */
public record StateSettings(
    @Setting(value = "s3, terraform-cloud, or local for a local AWS", defaultValue = "s3")
        StateKind kind,
    @Setting(
            value = "Bucket, when it is not named {bucketPrefix}-state-{environment}; s3 only",
            pattern = "[a-z0-9][a-z0-9-]{1,48}[a-z0-9]",
            patternMeaning = "3 to 50 lower-case letters, digits and hyphens",
            optional = true)
        String bucket,
    @Setting(
            value = "Region of the bucket, when it is not the DR Region; s3 only",
            pattern = RegionSettings.NAME_PATTERN,
            patternMeaning = RegionSettings.NAME_MEANING,
            optional = true)
        String region,
    @Setting(
            value =
                "Organization that owns the workspace; terraform-cloud only, and required there",
            pattern = "[A-Za-z0-9_-]+",
            patternMeaning = "letters, digits, hyphens and underscores",
            optional = true)
        String organization,
    @Setting(
            value = "Workspace, when it is not named like the stack; terraform-cloud only",
            pattern = "[A-Za-z0-9_-]{1,90}",
            patternMeaning = "1 to 90 letters, digits, hyphens and underscores",
            optional = true)
        String workspace) {

  public StateSettings {
    ConfigurationErrors errors = new ConfigurationErrors();
    StateKind chosen = kind;
    Stream.of(
            new OwnedKey("bucket", bucket, StateKind.S3),
            new OwnedKey("region", region, StateKind.S3),
            new OwnedKey("organization", organization, StateKind.TERRAFORM_CLOUD),
            new OwnedKey("workspace", workspace, StateKind.TERRAFORM_CLOUD))
        .filter(key -> key.value() != null && key.owner() != chosen)
        .forEach(
            key ->
                errors.add(key.name(), "be left out when kind is " + chosen.word(), key.value()));
    if (kind == StateKind.TERRAFORM_CLOUD && organization == null) {
      errors.require("organization", "when kind is " + kind.word());
    }
    errors.throwIfAny();
  }

  /** A key that only one kind takes. */
  private record OwnedKey(String name, String value, StateKind owner) {}

  /**
   * Returns the backend of one stack, with the defaults where the settings leave something open.
   */
  public StateBackend backend(String defaultBucket, String defaultRegion, String stackName) {
    return switch (kind) {
      case S3 ->
          StateBackend.S3.of(
              Objects.requireNonNullElse(bucket, defaultBucket),
              Objects.requireNonNullElse(region, defaultRegion),
              stackName);
      case TERRAFORM_CLOUD ->
          new StateBackend.TerraformCloud(
              organization, Objects.requireNonNullElse(workspace, stackName));
      case LOCAL -> StateBackend.Local.of(stackName);
    };
  }
}
