package payments.dr.modules.backup;

import com.hashicorp.cdktf.TerraformResource;
import com.hashicorp.cdktf.TerraformResourceConfig;
import com.hashicorp.cdktf.providers.aws.db_subnet_group.DbSubnetGroup;
import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroup;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import payments.dr.configuration.backup.RestoreTestSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.ServiceRole;
import payments.dr.modules.iam.ServiceRoleProps;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * Restores of the newest recovery points in one Region's vault, which AWS Backup starts, times and
 * removes again: of each generation the cluster and the session table of both Regions, as far as
 * recovery points of the last two days are there. So copies are tried while the Region follows, and
 * its own backups when it writes.
 *
 * <p>AWS Backup restores a cluster without instances: it shows that a snapshot can be decrypted and
 * becomes a cluster, not what is in it. Nobody reaches what is restored.
 */
public final class RestoreTests extends Component {

  private static final String PLAN = "aws_backup_restore_testing_plan";
  private static final String SELECTION = "aws_backup_restore_testing_selection";

  /** Of what is older, something else tells that it is missing. */
  private static final int SELECTION_WINDOW_DAYS = 2;

  private final Region region;
  private final Reference plan;
  private final String roleArn;

  public RestoreTests(Region region, String id, RestoreTestsProps props) {
    super(region, id);
    this.region = region;
    roleArn =
        new ServiceRole(
                this,
                "role",
                region,
                // AWS documents no source account for it.
                ServiceRoleProps.withoutSourceAccount(
                    props.names().global("backup-role-restore-tests"),
                    "backup.amazonaws.com",
                    RestorePermissions.of(region, subnetGroupName(props), props.keys())))
            .arn();
    // The bindings are older than both types.
    TerraformResource created = resource("plan", PLAN);
    // AWS takes letters, digits and underscores.
    created.addOverride("name", props.names().global("restore-tests").replace('-', '_'));
    created.addOverride("schedule_expression", props.settings().schedule());
    created.addOverride("start_window_hours", RestoreTestSettings.START_WINDOW.toHours());
    created.addOverride(
        "recovery_point_selection",
        List.of(
            Map.of(
                "algorithm",
                "LATEST_WITHIN_WINDOW",
                "include_vaults",
                List.of(props.vault().arn()),
                // Left out, the provider ends each change of the plan, of a tag even, with an
                // error.
                "exclude_vaults",
                List.of(defaultVaultArn()),
                "recovery_point_types",
                List.of("SNAPSHOT"),
                "selection_window_days",
                SELECTION_WINDOW_DAYS)));
    plan = Reference.to(this, PLAN, "plan");
    Map<String, Object> cluster = cluster(props);
    // Otherwise it would be restored under a key of AWS's.
    Map<String, Object> table =
        Map.of("encryptionType", "KMS", "kmsMasterKeyArn", props.keys().arn(KeyPurpose.DATA));
    for (BackupSource source : props.sources()) {
      select("Aurora", source.generation(), source.clusterArns(), cluster);
      select("DynamoDB", source.generation(), source.sessionTableArns(), table);
    }
  }

  /** What events of its restores name. */
  public String planArn() {
    return plan.arn();
  }

  /** Of AWS Backup's own vault, which this project puts nothing in. */
  private String defaultVaultArn() {
    return "arn:aws:backup:" + region.name() + ":" + region.accountId() + ":backup-vault:Default";
  }

  private String subnetGroupName(RestoreTestsProps props) {
    return props.names().regional(region.role(), "restore-tests");
  }

  /** No rule lets anything reach it, or it reach anything. */
  private Map<String, Object> cluster(RestoreTestsProps props) {
    String name = subnetGroupName(props);
    DbSubnetGroup.Builder.create(this, "subnets")
        .provider(region.provider())
        .name(name)
        .description("restored clusters")
        .subnetIds(props.subnetIds())
        .build();
    SecurityGroup.Builder.create(this, "security-group")
        .provider(region.provider())
        .name(name)
        .description("restored clusters: closed")
        .vpcId(props.vpcId())
        .tags(Map.of("Name", name))
        .build();
    return Map.of(
        "dbSubnetGroupName",
        Reference.to(this, DbSubnetGroup.TF_RESOURCE_TYPE, "subnets").name(),
        // Otherwise they are any three of the Region, with a subnet or without. AWS takes no more.
        "availabilityZones",
        list(props.availabilityZones().stream().limit(3).toList()),
        "vpcSecurityGroupIds",
        list(List.of(Reference.to(this, SecurityGroup.TF_RESOURCE_TYPE, "security-group").id())),
        "kmsKeyId",
        props.keys().arn(KeyPurpose.DATA));
  }

  /** AWS takes a list as the text of a JSON array. */
  private static String list(List<String> values) {
    return values.stream().collect(Collectors.joining("\", \"", "${jsonencode([\"", "\"])}"));
  }

  /**
   * The provider says that it changed the ARNs of a selection that stands, and never sends them. So
   * the name tells them apart, and a selection of others replaces it.
   */
  private void select(
      String type, String generation, RegionPair<String> arns, Map<String, Object> overrides) {
    String what = type.toLowerCase(Locale.ROOT);
    TerraformResource selection = resource(what + "-" + generation, SELECTION);
    selection.addOverride(
        "name",
        "%s_%s_${substr(sha256(\"%s,%s\"), 0, 8)}"
            .formatted(what, generation, arns.primary(), arns.dr()));
    selection.addOverride("restore_testing_plan_name", plan.name());
    selection.addOverride("protected_resource_type", type);
    selection.addOverride("protected_resource_arns", List.of(arns.primary(), arns.dr()));
    selection.addOverride("iam_role_arn", roleArn);
    selection.addOverride("restore_metadata_overrides", overrides);
  }

  private TerraformResource resource(String id, String type) {
    return new TerraformResource(
        this,
        id,
        TerraformResourceConfig.builder()
            .terraformResourceType(type)
            .provider(region.provider())
            .build());
  }
}
