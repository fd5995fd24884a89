package payments.dr.main;

import com.hashicorp.cdktf.TerraformStack;
import java.util.Map;
import java.util.TreeMap;
import payments.dr.configuration.environment.Account;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.environment.EnvironmentConfig;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.ProviderSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.backup.BackupVault;
import payments.dr.modules.backup.BackupVaultProps;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.encryption.EncryptionProps;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.failover.AuditArchive;
import payments.dr.modules.failover.AuditArchiveProps;
import payments.dr.modules.failover.LedgerTable;
import payments.dr.modules.failover.LedgerTableProps;
import payments.dr.modules.network.Network;
import payments.dr.modules.network.NetworkPeering;
import payments.dr.modules.network.NetworkPeeringProps;
import payments.dr.modules.network.NetworkProps;
import payments.dr.modules.notification.AlertTopic;
import payments.dr.modules.notification.AlertTopicProps;
import payments.dr.modules.region.Region;
import payments.dr.modules.storage.AccessLogs;
import payments.dr.modules.storage.AccessLogsProps;

/** What one Region holds before anything serves in it: everything else is built on this. */
record Foundation(
    Region region,
    EncryptionKeys keys,
    AccessLogs accessLogs,
    Network network,
    LedgerTable ledger,
    AuditArchive auditArchive,
    AlertTopic topic,
    BackupVault vault) {

  /** Makes it in both Regions, with the peering of their networks. */
  static RegionPair<Foundation> pair(
      TerraformStack stack, Environment environment, Account account) {
    EnvironmentConfig config = environment.config();
    ResourceNames names = environment.names();
    RegionPair<Region> regions = regions(stack, environment, account);
    RegionPair<EncryptionKeys> keys =
        EncryptionKeys.pair(
            "encryption",
            new EncryptionProps(
                (role, purpose) -> names.regional(role, purpose.id()),
                config.encryption(),
                regions,
                KeyPurpose.OF_ENVIRONMENT,
                config.protectData()));
    RegionPair<Foundation> pair =
        regions.zip(keys, (region, own) -> in(region, own, names, config));
    new NetworkPeering(
        "peering", new NetworkPeeringProps(names, regions, pair.map(Foundation::network)));
    return pair;
  }

  private static Foundation in(
      Region region, EncryptionKeys keys, ResourceNames names, EnvironmentConfig config) {
    boolean protectData = config.protectData();
    AccessLogs accessLogs =
        new AccessLogs(
            region,
            "access-logs",
            new AccessLogsProps(
                names.bucket(region.role(), "access-logs"), config.storage(), true, protectData));
    return new Foundation(
        region,
        keys,
        accessLogs,
        new Network(
            region,
            "network",
            new NetworkProps(names, config.network(), config.regions().get(region.role()), keys)),
        new LedgerTable(
            region,
            "ledger",
            new LedgerTableProps(
                names.regional(region.role(), "ledger"), keys.arn(KeyPurpose.DATA), protectData)),
        new AuditArchive(
            region,
            "audit-archive",
            new AuditArchiveProps(names, config.failover(), keys, accessLogs, protectData)),
        new AlertTopic(region, "alerts", new AlertTopicProps(names, config.notification(), keys)),
        new BackupVault(
            region, "backup", new BackupVaultProps(names, config.backup(), keys, protectData)));
  }

  private static RegionPair<Region> regions(
      TerraformStack stack, Environment environment, Account account) {
    EnvironmentConfig config = environment.config();
    ProviderSettings shared = providers(environment, account, environment.stackName());
    return new RegionPair<>(
        new Region(stack, RegionRole.PRIMARY, config.regions().primary().name(), shared),
        new Region(stack, RegionRole.DR, config.regions().dr().name(), shared));
  }

  /** What the providers of an environment's stacks share. */
  static ProviderSettings providers(Environment environment, Account account, String stackName) {
    EnvironmentConfig config = environment.config();
    Map<String, String> tags = new TreeMap<>();
    tags.put("Project", "payments-dr");
    tags.put("Stack", stackName);
    tags.put("Environment", environment.name());
    tags.put("Owner", config.owner());
    tags.put("Repository", config.repository());
    tags.put("CommitAuthor", config.commitAuthor());
    return new ProviderSettings(
        account.config().id(), config.regions().dr().name(), config.localAws(), tags);
  }
}
