package payments.dr.configuration.environment;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import payments.dr.configuration.backup.BackupSettings;
import payments.dr.configuration.compute.ComputeSettings;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.database.GenerationsSettings;
import payments.dr.configuration.encryption.EncryptionSettings;
import payments.dr.configuration.failover.DnsSettings;
import payments.dr.configuration.failover.FailoverSettings;
import payments.dr.configuration.failover.LeaseGrade;
import payments.dr.configuration.firewall.FirewallSettings;
import payments.dr.configuration.monitoring.MonitoringSettings;
import payments.dr.configuration.network.NetworkSettings;
import payments.dr.configuration.notification.NotificationSettings;
import payments.dr.configuration.region.EnvironmentRegions;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.configuration.security.SecuritySettings;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;
import payments.dr.configuration.state.StateSettings;
import payments.dr.configuration.storage.RetentionMode;
import payments.dr.configuration.storage.StorageSettings;

/**
 * One environment as its file describes it: the modules' settings, and what holds across them.
 *
 * <p>A new group is a component here; a file that leaves the group out gets its defaults.
 */
public record EnvironmentConfig(
    @Setting("Account it lives in: the name of a file in main/accounts, without .yaml")
        String account,
    @Setting(
            value = "Team that answers for it; a tag of every resource",
            pattern = EnvironmentConfig.TAG_PATTERN,
            patternMeaning = EnvironmentConfig.TAG_MEANING)
        String owner,
    @Setting(
            value = "Repository it is deployed from; a tag of every resource",
            defaultValue = "payments-dr",
            pattern = EnvironmentConfig.TAG_PATTERN,
            patternMeaning = EnvironmentConfig.TAG_MEANING)
        String repository,
    @Setting(
            value = "Who deployed it; a tag of every resource",
            defaultValue = "unknown",
            pattern = EnvironmentConfig.TAG_PATTERN,
            patternMeaning = EnvironmentConfig.TAG_MEANING)
        String commitAuthor,
    @Setting(
            value =
                "In front of S3 names, which are global across all AWS accounts; required unless"
                    + " localAws is true",
            pattern = EnvironmentConfig.BUCKET_PREFIX_PATTERN,
            patternMeaning = EnvironmentConfig.BUCKET_PREFIX_MEANING,
            optional = true)
        String bucketPrefix,
    @Setting(
            value = "Whether it runs on a local AWS instead of the real one",
            defaultValue = "false")
        Boolean localAws,
    @Setting(value = "Whether whatever holds data refuses to be destroyed", defaultValue = "true")
        Boolean protectData,
    @Setting(
            value = "What a plan may delete or replace although it holds something",
            defaultValue = "[]")
        List<ApprovedDestroy> approvedDestroys,
    @Setting(
            value = "What a plan may do although a rule of the review refuses it",
            defaultValue = "[]")
        List<ApprovedChange> approvedChanges,
    @Setting("Security rules, which docs/reference/security-rules.md lists")
        SecuritySettings security,
    @Setting("The Region that serves, the one that takes over, and the witness's")
        EnvironmentRegions regions,
    @Setting("Where the Terraform state is kept") StateSettings state,
    @Setting("Keys of both Regions") EncryptionSettings encryption,
    @Setting("VPCs of both Regions") NetworkSettings network,
    @Setting("Access logs of both Regions") StorageSettings storage,
    @Setting("Domain of the environment") DnsSettings dns,
    @Setting("Who is told when something is wrong") NotificationSettings notification,
    @Setting("Load balancer and fleet of each Region") ComputeSettings compute,
    @Setting("Web application firewall of each Region") FirewallSettings firewall,
    @Setting("Database generations") GenerationsSettings databases,
    @Setting("Who decides on a failover, what is promised about it, and how endpoints are probed")
        FailoverSettings failover,
    @Setting("Recovery points") BackupSettings backup,
    @Setting("Alarms and the metric archive") MonitoringSettings monitoring,
    @Setting(
            value = "What ./dr rehearse may spend; without it, it refuses the environment",
            optional = true)
        RehearsalSettings rehearsal) {

  /** What AWS takes as the value of a tag. */
  static final String TAG_PATTERN = "[A-Za-z0-9 +=._:/@-]{1,256}";

  static final String TAG_MEANING = "1 to 256 letters, digits, spaces and +=._:/@-";

  static final String BUCKET_PREFIX_PATTERN = "[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?";

  static final String BUCKET_PREFIX_MEANING =
      "1 to 20 lower-case letters, digits and inner hyphens";

  public EnvironmentConfig {
    approvedDestroys = List.copyOf(approvedDestroys);
    approvedChanges = List.copyOf(approvedChanges);
    ConfigurationErrors errors = new ConfigurationErrors();
    SharedRules.bucketPrefix(errors, bucketPrefix, localAws);
    Set<String> addresses = new HashSet<>();
    approvedDestroys.stream()
        .map(ApprovedDestroy::address)
        .filter(address -> !addresses.add(address))
        .forEach(address -> errors.add("approvedDestroys", "name each address once", address));
    Set<String> changes = new HashSet<>();
    approvedChanges.stream()
        .map(change -> change.rule() + " at " + change.address())
        .filter(change -> !changes.add(change))
        .forEach(
            change -> errors.add("approvedChanges", "name each rule at an address once", change));
    if (regions != null) {
      SharedRules.regions(errors, regions.map(RegionSettings::name), ".name");
      witness(errors, regions);
      if (regions.primary().cidrBlock().overlaps(regions.dr().cidrBlock())) {
        errors.add(
            "regions.dr.cidrBlock",
            "not overlap the primary Region's " + regions.primary().cidrBlock(),
            regions.dr().cidrBlock().toString());
      }
    }
    if (compute != null && !compute.tls() && !localAws) {
      errors.add("compute.tls", "be true unless localAws is true", false);
    }
    if (failover != null
        && failover.auditRetentionMode() == RetentionMode.COMPLIANCE
        && !protectData) {
      errors.add(
          "failover.auditRetentionMode",
          "be governance unless protectData is true: nobody could destroy the buckets",
          "compliance");
    }
    if (rehearsal != null && protectData) {
      errors.add(
          "rehearsal", "be left out unless protectData is false: it ends with a destroy", "one");
    }
    if (failover != null
        && failover.lease() == LeaseGrade.MAJORITY
        && regions != null
        && regions.third().isEmpty()) {
      errors.add(
          "failover.lease",
          "be none or best-effort unless regions.witness names a third Region for its register",
          "majority");
    }
    if (databases != null && failover != null) {
      databases
          .deployed()
          .forEach(generation -> recoverable(errors, databases, generation, failover));
    }
    SharedRules.state(errors, state, localAws, regions == null ? null : regions.primary().name());
    errors.throwIfAny();
  }

  /** A witness that is lost with a Region cannot say who writes after it. */
  private static void witness(ConfigurationErrors errors, EnvironmentRegions regions) {
    RegionPair<String> serving = regions.map(RegionSettings::name);
    regions
        .third()
        .filter(List.of(serving.primary(), serving.dr())::contains)
        .ifPresent(
            third ->
                errors.add(
                    "regions.witness",
                    "be a third Region, neither %s nor %s"
                        .formatted(serving.primary(), serving.dr()),
                    third));
  }

  /**
   * Of each generation, whether it is active or not: the cutover to it, or back, changes nothing
   * but the pointer, and must not leave applications without a Region to fail over to.
   */
  private static void recoverable(
      ConfigurationErrors errors,
      GenerationsSettings databases,
      DatabaseGeneration generation,
      FailoverSettings failover) {
    if (databases.of(generation).dr().instances() == 0) {
      errors.add(
          "databases." + generation.id() + ".dr.instances",
          "be at least 1 to meet failover.rtoTargetSeconds "
              + failover.rtoTargetSeconds()
              + ": Aurora promotes no cluster without instances",
          0);
    } else {
      Parity.ofClusters(errors, "databases." + generation.id(), databases.of(generation));
    }
  }
}
