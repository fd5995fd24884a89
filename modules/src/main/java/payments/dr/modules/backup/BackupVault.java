package payments.dr.modules.backup;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.backup_vault_lock_configuration.BackupVaultLockConfiguration;
import com.hashicorp.cdktf.providers.aws.backup_vault_policy.BackupVaultPolicy;
import payments.dr.configuration.backup.VaultLockSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.PolicyDocument;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * Where recovery points of one Region are kept, under the Region's own backup key.
 *
 * <p>Aurora snapshots stay encrypted with their cluster's key, but a copy from the other Region is
 * encrypted anew with this vault's key, so the copy is readable when the other Region's keys are
 * not.
 *
 * <p>A vault that holds recovery points cannot be destroyed: without {@code protectData} they are
 * deleted along with it, which AWS may refuse at the first try while jobs still run.
 */
public final class BackupVault extends Component {

  private final Reference vault;

  public BackupVault(Region region, String id, BackupVaultProps props) {
    super(region, id);
    com.hashicorp.cdktf.providers.aws.backup_vault.BackupVault.Builder.create(this, "vault")
        .provider(region.provider())
        .name(name(props.names(), region.role()))
        .kmsKeyArn(props.keys().arn(KeyPurpose.BACKUP))
        .forceDestroy(!props.protectData())
        .lifecycle(TerraformResourceLifecycle.builder().preventDestroy(props.protectData()).build())
        .build();
    vault =
        Reference.to(
            this,
            com.hashicorp.cdktf.providers.aws.backup_vault.BackupVault.TF_RESOURCE_TYPE,
            "vault");
    if (props.protectData()) {
      refuseDeletion(region);
    }
    if (props.settings().vaultLock() != null) {
      lock(region, props.settings().vaultLock());
    }
  }

  /** Its name, and the one under which it reports: {@code primary-backup-vault-dev}. */
  public static String name(ResourceNames names, RegionRole role) {
    return names.regional(role, "backup-vault");
  }

  public String name() {
    return vault.name();
  }

  public String arn() {
    return vault.arn();
  }

  /** Recovery points still expire: AWS Backup itself is not bound by the vault's policy. */
  private void refuseDeletion(Region region) {
    BackupVaultPolicy.Builder.create(this, "policy")
        .provider(region.provider())
        .backupVaultName(vault.name())
        .policy(
            PolicyDocument.of(
                Statement.deny("KeepRecoveryPoints")
                    .toAws("*")
                    .actions(
                        "backup:DeleteRecoveryPoint",
                        "backup:DisassociateRecoveryPoint",
                        "backup:UpdateRecoveryPointLifecycle")
                    // Recovery points of Aurora and DynamoDB carry their own service's ARNs.
                    .on("*")))
        .build();
  }

  private void lock(Region region, VaultLockSettings lock) {
    BackupVaultLockConfiguration.Builder builder =
        BackupVaultLockConfiguration.Builder.create(this, "lock")
            .provider(region.provider())
            .backupVaultName(vault.name())
            .minRetentionDays(lock.minRetentionDays())
            .maxRetentionDays(lock.maxRetentionDays());
    if (lock.changeableForDays() != null) {
      builder.changeableForDays(lock.changeableForDays());
    }
    builder.build();
  }
}
