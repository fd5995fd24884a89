package payments.dr.modules.database;

import com.hashicorp.cdktf.TerraformLocal;
import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.rds_cluster.RdsCluster;
import com.hashicorp.cdktf.providers.aws.secretsmanager_secret.SecretsmanagerSecret;
import com.hashicorp.cdktf.providers.aws.secretsmanager_secret.SecretsmanagerSecretReplica;
import com.hashicorp.cdktf.providers.aws.secretsmanager_secret_policy.SecretsmanagerSecretPolicy;
import com.hashicorp.cdktf.providers.aws.secretsmanager_secret_version.SecretsmanagerSecretVersion;
import java.util.List;
import java.util.Map;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.iam.PolicyDocument;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * The administrator's password: made by Secrets Manager and kept there, never in a plan, in state
 * or in this JSON.
 *
 * <p>Its home is the DR Region, with a replica in the primary one: refreshes read it, and must not
 * need the Region whose loss they are to survive.
 */
public final class MasterPassword extends Component {

  private static final int LENGTH = 40;
  private static final int RECOVERY_DAYS = 30;

  /**
   * An empty text that no plan knows. Terraform opens an ephemeral resource that is given one in
   * the apply alone: a plan needs no permission to read the password.
   */
  private static final String KNOWN_AT_APPLY = "${substr(timestamp(), 0, 0)}";

  private final GenerationProps props;
  private final String block;
  private final RegionPair<String> arns;

  /**
   * @param scope in the DR Region
   */
  public MasterPassword(Component scope, String id, GenerationProps props) {
    super(scope, id);
    this.props = props;
    this.block = scope.getNode().getId();
    Region home = props.database().regions().dr();
    Region copy = props.database().regions().primary();
    SecretsmanagerSecret.Builder.create(this, "secret")
        .provider(home.provider())
        .name(props.global("db-password"))
        .description("Administrator of " + props.global("global-db"))
        .kmsKeyId(props.dataKey(home))
        .replica(
            List.of(
                SecretsmanagerSecretReplica.builder()
                    .region(copy.name())
                    .kmsKeyId(props.dataKey(copy))
                    .build()))
        .recoveryWindowInDays(props.protectData() ? RECOVERY_DAYS : 0)
        // A throw-away environment comes back under the same name.
        .forceOverwriteReplicaSecret(!props.protectData())
        .lifecycle(
            TerraformResourceLifecycle.builder().preventDestroy(props.preventDestroy()).build())
        .build();
    Reference secret = Reference.to(this, SecretsmanagerSecret.TF_RESOURCE_TYPE, "secret");
    SecretsmanagerSecretPolicy.Builder.create(this, "policy")
        .provider(home.provider())
        .secretArn(secret.arn())
        .policy(
            PolicyDocument.of(
                refuseOutsiders(home), Statement.refusePlainText("secretsmanager:*", "*")))
        .blockPublicPolicy(true)
        .build();
    store(secret, home);
    // The replica has the same name and suffix; the provider does not tell its ARN. A local keeps
    // the quotes of this call out of the JSON texts in which the ARN is used.
    String replicaArn =
        new TerraformLocal(
                this,
                "replica-arn",
                "${replace(%s.arn, \":%s:\", \":%s:\")}"
                    .formatted(secret.address(), home.name(), copy.name()))
            .getAsString();
    arns = new RegionPair<>(replicaArn, secret.arn());
  }

  public RegionPair<String> secretArns() {
    return arns;
  }

  /** Makes it the password of a cluster, which must be the one that writes when it is changed. */
  void giveTo(RdsCluster cluster) {
    // Write-only arguments are newer than the bindings' schema.
    cluster.addOverride(
        "master_password_wo",
        "${ephemeral.aws_secretsmanager_secret_version." + block + ".secret_string}");
    cluster.addOverride("master_password_wo_version", props.settings().passwordVersion());
  }

  /**
   * The generator gives another password in every run, so the cluster is given what was stored, not
   * what was generated: a run that stops in between can be repeated. The read asks for the version
   * that was written, and so comes after the write: the one that Secrets Manager calls current may
   * be older for a moment.
   */
  private void store(Reference secret, Region home) {
    TerraformStack stack = TerraformStack.of(this);
    String provider = home.provider().getFqn();
    // CDKTF has no ephemeral blocks.
    stack.addOverride(
        "ephemeral.aws_secretsmanager_random_password." + block,
        Map.of(
            "provider",
            provider,
            "password_length",
            LENGTH,
            "exclude_punctuation",
            true,
            "require_each_included_type",
            true));
    SecretsmanagerSecretVersion version =
        SecretsmanagerSecretVersion.Builder.create(this, "version")
            .provider(home.provider())
            .secretId(secret.id())
            .build();
    version.addOverride(
        "secret_string_wo",
        "${ephemeral.aws_secretsmanager_random_password." + block + ".random_password}");
    version.addOverride("secret_string_wo_version", props.settings().passwordVersion());
    Reference stored = Reference.to(this, SecretsmanagerSecretVersion.TF_RESOURCE_TYPE, "version");
    stack.addOverride(
        "ephemeral.aws_secretsmanager_secret_version." + block,
        Map.of(
            "provider",
            provider,
            "secret_id",
            stored.attribute("secret_id") + KNOWN_AT_APPLY,
            "version_id",
            stored.attribute("version_id")));
  }

  private static Statement refuseOutsiders(Region region) {
    return Statement.deny("RefuseOutsiders")
        .toAws("*")
        .actions("secretsmanager:*")
        .on("*")
        .when("StringNotEquals", "aws:PrincipalAccount", region.accountId())
        // Secrets Manager itself replicates as a service, which has no account.
        .when("BoolIfExists", "aws:PrincipalIsAWSService", "false");
  }
}
