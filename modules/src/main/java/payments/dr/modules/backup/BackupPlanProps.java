package payments.dr.modules.backup;

import java.util.List;
import payments.dr.configuration.backup.BackupSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;

/**
 * What the plan needs.
 *
 * @param vaults recovery points go to the primary one and are copied to the DR one
 * @param sources each deployed database generation
 */
public record BackupPlanProps(
    ResourceNames names,
    BackupSettings settings,
    RegionPair<BackupVault> vaults,
    List<BackupSource> sources) {

  public BackupPlanProps {
    sources = List.copyOf(sources);
  }
}
