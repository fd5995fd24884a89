package payments.dr.modules.backup;

import java.util.List;
import payments.dr.configuration.backup.BackupSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.region.Region;

/**
 * What the plans need.
 *
 * @param vaults recovery points go to the plan's own one and are copied to the other one
 * @param sources each deployed database generation
 */
public record BackupPlanProps(
    ResourceNames names,
    BackupSettings settings,
    RegionPair<Region> regions,
    RegionPair<BackupVault> vaults,
    List<BackupSource> sources) {

  public BackupPlanProps {
    sources = List.copyOf(sources);
  }
}
