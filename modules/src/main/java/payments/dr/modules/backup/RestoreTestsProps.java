package payments.dr.modules.backup;

import java.util.List;
import payments.dr.configuration.backup.RestoreTestSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.modules.encryption.EncryptionKeys;

/**
 * What tests of restores need.
 *
 * @param keys of the Region in which they run
 * @param vault of the same Region; what is in no other one is not tried
 * @param vpcId of the network that restored clusters are in
 * @param subnetIds of its tier of databases
 * @param availabilityZones the names of the zones of these subnets
 * @param sources each deployed database generation
 */
public record RestoreTestsProps(
    ResourceNames names,
    RestoreTestSettings settings,
    EncryptionKeys keys,
    BackupVault vault,
    String vpcId,
    List<String> subnetIds,
    List<String> availabilityZones,
    List<BackupSource> sources) {

  public RestoreTestsProps {
    subnetIds = List.copyOf(subnetIds);
    availabilityZones = List.copyOf(availabilityZones);
    sources = List.copyOf(sources);
  }
}
