package payments.dr.modules.backup;

import com.hashicorp.cdktf.providers.aws.backup_plan.BackupPlanRule;
import com.hashicorp.cdktf.providers.aws.backup_selection.BackupSelection;
import java.util.List;
import payments.dr.configuration.backup.MonthlyBackupSettings;
import payments.dr.modules.iam.ServiceRole;
import payments.dr.modules.iam.ServiceRoleProps;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * When recovery points of the databases are taken, where they go and how long they live.
 *
 * <p>It runs in the primary Region and backs up the clusters there, whichever Region writes. If
 * that Region is lost, the copies are safe in the DR vault and Aurora's own continuous backups
 * protect the new primary, but no new recovery points are taken until the Region is back. Copies
 * are made daily, not hourly: each copy of an Aurora snapshot is a full one.
 */
public final class BackupPlan extends Component {

  private static final String MANAGED_POLICIES = "arn:aws:iam::aws:policy/service-role/";

  private final Region region;
  private final BackupPlanProps props;
  private final ServiceRole role;
  private final String planId;

  public BackupPlan(Region region, String id, BackupPlanProps props) {
    super(region, id);
    this.region = region;
    this.props = props;
    role =
        new ServiceRole(
            this,
            "role",
            region,
            // AWS documents no source account for it; nobody passes a role to another account.
            ServiceRoleProps.withoutSourceAccount(
                    props.names().global("backup-role"), "backup.amazonaws.com")
                .withManagedPolicies(
                    MANAGED_POLICIES + "AWSBackupServiceRolePolicyForBackup",
                    MANAGED_POLICIES + "AWSBackupServiceRolePolicyForRestores"));
    BackupRules rules = new BackupRules(vaultName(), props.vaults().dr().arn());
    planId = plan("plan", "backup-plan", rules.ofDatabases(props.settings()));
    for (BackupSource source : props.sources()) {
      select(planId, "databases", source, List.of(source.clusterArn(), source.sessionTableArn()));
    }
    MonthlyBackupSettings monthly = props.settings().monthly();
    if (monthly != null) {
      // A plan of its own: cold storage is for what can go there, and Aurora cannot.
      String archiveId = plan("archive", "archive-plan", List.of(rules.monthly(monthly)));
      for (BackupSource source : props.sources()) {
        select(archiveId, "session-archive", source, List.of(source.sessionTableArn()));
      }
    }
  }

  public String planId() {
    return planId;
  }

  /** The vault that jobs of this plan, and backups by hand, put their recovery points into. */
  public String vaultName() {
    return props.vaults().primary().name();
  }

  public String vaultArn() {
    return props.vaults().primary().arn();
  }

  /** What backups and restores by hand run as. */
  public String roleArn() {
    return role.arn();
  }

  private String plan(String id, String name, List<BackupPlanRule> rules) {
    com.hashicorp.cdktf.providers.aws.backup_plan.BackupPlan.Builder.create(this, id)
        .provider(region.provider())
        .name(props.names().global(name))
        .rule(rules)
        .build();
    return Reference.to(
            this, com.hashicorp.cdktf.providers.aws.backup_plan.BackupPlan.TF_RESOURCE_TYPE, id)
        .id();
  }

  private void select(String plan, String what, BackupSource source, List<String> arns) {
    BackupSelection.Builder.create(this, what + "-" + source.generation())
        .provider(region.provider())
        .name(props.names().global(what + source.nameSuffix()))
        .planId(plan)
        .iamRoleArn(role.arn())
        .resources(arns)
        .build();
  }
}
