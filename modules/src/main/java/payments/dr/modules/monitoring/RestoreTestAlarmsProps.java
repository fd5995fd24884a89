package payments.dr.modules.monitoring;

import java.util.List;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.region.Region;

/**
 * What the alarms on tests of restores need.
 *
 * @param keys of the DR Region
 * @param planArn of AWS Backup's plan, which its events name
 * @param databases each deployed generation
 * @param topicArn the DR Region's own alert topic
 */
public record RestoreTestAlarmsProps(
    ResourceNames names,
    RegionPair<Region> regions,
    EncryptionKeys keys,
    String planArn,
    List<MonitoredDatabase> databases,
    String topicArn) {

  public RestoreTestAlarmsProps {
    databases = List.copyOf(databases);
  }
}
