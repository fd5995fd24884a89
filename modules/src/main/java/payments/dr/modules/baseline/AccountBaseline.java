package payments.dr.modules.baseline;

import java.util.Set;
import payments.dr.configuration.baseline.WatchingService;
import payments.dr.configuration.encryption.EncryptionSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.configuration.storage.StorageSettings;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.encryption.EncryptionProps;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.storage.AccessLogs;
import payments.dr.modules.storage.AccessLogsProps;

/**
 * Everything that watches the account, in both Regions; each Region keeps its own records, so that
 * neither needs the other to go on.
 */
public final class AccountBaseline {

  /** Makes the constructs in each Region; the trail's home is the DR Region. */
  public AccountBaseline(AccountBaselineProps props) {
    RegionPair<EncryptionKeys> keys =
        EncryptionKeys.pair(
            "encryption",
            new EncryptionProps(
                (role, purpose) -> props.names().regional(role, purpose.id()),
                SettingsFactory.of(EncryptionSettings.class),
                props.regions(),
                Set.of(KeyPurpose.AUDIT),
                true));
    RegionPair<AccessLogs> accessLogs =
        props
            .regions()
            .map(
                region ->
                    new AccessLogs(
                        region,
                        "access-logs",
                        new AccessLogsProps(
                            props.names().bucket(region.role(), "access-logs"),
                            new StorageSettings(props.settings().auditRetentionDays()),
                            false,
                            true)));
    RegionPair<AccountRecords> buckets =
        props
            .regions()
            .map(
                region ->
                    new AccountRecords(
                        region,
                        "audit",
                        props,
                        keys.get(region.role()),
                        accessLogs.get(region.role())));
    new AccountTrail(props.regions().dr(), "trail", props, buckets.dr());
    props.settings().watched().forEach(service -> watch(service, props, buckets));
    props.regions().map(region -> new VolumeEncryption(region, "volume-encryption"));
  }

  private static void watch(
      WatchingService service, AccountBaselineProps props, RegionPair<AccountRecords> buckets) {
    switch (service) {
      case CONFIG -> config(props, buckets);
      case GUARDDUTY -> props.regions().map(region -> new GuardDuty(region, props));
      case SECURITY_HUB -> SecurityHub.pair(props);
      case ACCESS_ANALYZER -> props.regions().map(region -> new AccessAnalyzer(region, props));
    }
  }

  private static void config(AccountBaselineProps props, RegionPair<AccountRecords> buckets) {
    // IAM's resources are the same in every Region: one history of them is enough.
    RegionPair<Boolean> globalResources = new RegionPair<>(false, true);
    ConfigRole role = new ConfigRole(props.regions().dr(), props);
    props
        .regions()
        .map(
            region ->
                new ConfigRecorder(
                    region,
                    props.adopted(region),
                    role,
                    buckets.get(region.role()),
                    globalResources.get(region.role())));
  }
}
