package payments.dr.modules.backup;

import com.hashicorp.cdktf.providers.aws.backup_plan.BackupPlanRule;
import com.hashicorp.cdktf.providers.aws.backup_selection.BackupSelection;
import java.util.List;
import java.util.function.Function;
import payments.dr.configuration.backup.MonthlyBackupSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.iam.ServiceRole;
import payments.dr.modules.iam.ServiceRoleProps;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * When recovery points of one Region's databases are taken, where they go and how long they live.
 *
 * <p>Both Regions have the same plan, each for its own cluster and table, each with copies in the
 * other Region. So the writer is backed up wherever it is, and nothing has to be switched on when a
 * Region is lost. Copies are made daily, not hourly: each copy of an Aurora snapshot is a full one.
 */
public final class BackupPlan extends Component {

  private static final String MANAGED_POLICIES = "arn:aws:iam::aws:policy/service-role/";

  private final Region region;
  private final BackupPlanProps props;
  private final String roleArn;
  private final String planId;

  private BackupPlan(
      Region region, String id, BackupPlanProps props, Function<BackupPlan, String> roleArn) {
    super(region, id);
    this.region = region;
    this.props = props;
    this.roleArn = roleArn.apply(this);
    BackupRules rules =
        new BackupRules(
            props.vaults().get(region.role()).name(),
            props.vaults().get(region.role().other()).arn());
    planId = plan("plan", "backup-plan", rules.ofDatabases(props.settings()));
    for (BackupSource source : props.sources()) {
      select(planId, "databases", source, List.of(cluster(source), sessionTable(source)));
    }
    MonthlyBackupSettings monthly = props.settings().monthly();
    if (monthly != null) {
      // A plan of its own: cold storage is for what can go there, and Aurora cannot.
      String archiveId = plan("archive", "archive-plan", List.of(rules.monthly(monthly)));
      for (BackupSource source : props.sources()) {
        select(archiveId, "session-archive", source, List.of(sessionTable(source)));
      }
    }
  }

  /** Makes the plan of each Region. IAM knows no Regions: one role backs up in both. */
  public static RegionPair<BackupPlan> pair(String id, BackupPlanProps props) {
    BackupPlan primary = new BackupPlan(props.regions().primary(), id, props, BackupPlan::role);
    return new RegionPair<>(
        primary, new BackupPlan(props.regions().dr(), id, props, dr -> primary.roleArn));
  }

  public String planId() {
    return planId;
  }

  /** What backups and restores by hand run as, in either Region. */
  public String roleArn() {
    return roleArn;
  }

  private String role() {
    return new ServiceRole(
            this,
            "role",
            region,
            // AWS documents no source account for it; nobody passes a role to another account.
            ServiceRoleProps.withoutSourceAccount(
                    props.names().global("backup-role"), "backup.amazonaws.com")
                .withManagedPolicies(
                    MANAGED_POLICIES + "AWSBackupServiceRolePolicyForBackup",
                    MANAGED_POLICIES + "AWSBackupServiceRolePolicyForRestores"))
        .arn();
  }

  private String cluster(BackupSource source) {
    return source.clusterArns().get(region.role());
  }

  private String sessionTable(BackupSource source) {
    return source.sessionTableArns().get(region.role());
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
        .iamRoleArn(roleArn)
        .resources(arns)
        .build();
  }
}
