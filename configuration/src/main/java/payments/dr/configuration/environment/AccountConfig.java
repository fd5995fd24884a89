package payments.dr.configuration.environment;

import payments.dr.configuration.baseline.BaselineSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;
import payments.dr.configuration.state.StateSettings;

/** One AWS account as its file describes it; several environments may live in it. */
public record AccountConfig(
    @Setting(
            value = "Account id: 12 digits in quotes",
            pattern = "\\d{12}",
            patternMeaning = "12 digits")
        String id,
    @Setting(
            value = "Team that answers for it; a tag of every resource",
            pattern = EnvironmentConfig.TAG_PATTERN,
            patternMeaning = EnvironmentConfig.TAG_MEANING)
        String owner,
    @Setting(
            value =
                "In front of S3 names, which are global across all AWS accounts; required unless"
                    + " localAws is true",
            pattern = EnvironmentConfig.BUCKET_PREFIX_PATTERN,
            patternMeaning = EnvironmentConfig.BUCKET_PREFIX_MEANING,
            optional = true)
        String bucketPrefix,
    @Setting(
            value = "Whether it is the account of a local AWS instead of a real one",
            defaultValue = "false")
        Boolean localAws,
    @Setting(
            value = "Names of the two Regions that its environments use",
            pattern = RegionSettings.NAME_PATTERN,
            patternMeaning = RegionSettings.NAME_MEANING)
        RegionPair<String> regions,
    @Setting("Where the Terraform state of the account's own stack is kept") StateSettings state,
    @Setting("What watches the account as a whole") BaselineSettings baseline) {

  public AccountConfig {
    ConfigurationErrors errors = new ConfigurationErrors();
    SharedRules.bucketPrefix(errors, bucketPrefix, localAws);
    if (regions != null) {
      SharedRules.regions(errors, regions, "");
    }
    SharedRules.state(errors, state, localAws, regions == null ? null : regions.primary());
    if (localAws && baseline != null && baseline.enabled()) {
      errors.add(
          "baseline.enabled", "be false when localAws is true, which has nothing to watch", true);
    }
    if (regions != null && baseline != null && baseline.adopt().findingAggregator() != null) {
      findingAggregator(errors, id, regions.dr(), baseline.adopt().findingAggregator());
    }
    errors.throwIfAny();
  }

  /**
   * Only the DR Region's stack can take it over: there findings are read when the other is gone.
   */
  private static void findingAggregator(
      ConfigurationErrors errors, String id, String dr, String arn) {
    String here = "arn:aws:securityhub:%s:%s:finding-aggregator/".formatted(dr, id);
    if (!arn.startsWith(here)) {
      errors.add("baseline.adopt.findingAggregator", "begin with " + here, arn);
    }
  }
}
