package payments.dr.modules.compute;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicy;
import com.hashicorp.cdktf.providers.aws.s3_object.S3Object;
import com.hashicorp.cdktf.providers.aws.ssm_parameter.SsmParameter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.PolicyDocument;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;
import payments.dr.modules.storage.BucketProps;
import payments.dr.modules.storage.PrivateBucket;

/**
 * The program that renews one Region's lease on each instance of its fleet: its jar in a bucket of
 * that Region, what it is told, and what it may do.
 *
 * <p>It is told where the databases are by a parameter, at run time: a generation that is added
 * later is opened without a new instance.
 */
public final class LeaseRenewer extends Component {

  /** By the order of the registers. */
  private static final List<String> REGISTERS =
      List.of("OWN_REGISTER", "OTHER_REGISTER", "WITNESS_REGISTER");

  /** The one namespace that it may write metrics into. */
  private static final String NAMESPACE = "PaymentsDr";

  private final Region region;
  private final LeaseRenewerProps props;
  private final PrivateBucket bucket;
  private final S3Object jar;
  private final String key;

  public LeaseRenewer(Region region, String id, LeaseRenewerProps props) {
    super(region, id);
    this.region = region;
    this.props = props;
    key = "lease-renewer-" + props.code().sha256() + ".jar";
    bucket =
        new PrivateBucket(
            this,
            "code",
            region,
            new BucketProps(
                props.names().bucket(region.role(), "renewer"),
                props.keys().arn(KeyPurpose.STORAGE),
                null,
                props.accessLogs(),
                List.of(),
                !props.protectData()));
    jar =
        S3Object.Builder.create(this, "jar")
            .provider(region.provider())
            .bucket(bucket.name())
            .key(key)
            .source(props.code().path())
            .contentType("application/java-archive")
            // Instances of the template before fetch the jar before.
            .lifecycle(TerraformResourceLifecycle.builder().createBeforeDestroy(true).build())
            .dependsOn(List.of(bucket.versioning()))
            .build();
  }

  /**
   * Tells it the databases and lets the fleet's role do what it does. After the fleet, whose
   * security group the databases admit.
   *
   * @param databases each deployed generation
   */
  public void serve(Fleet fleet, List<LeasedDatabase> databases) {
    SsmParameter.Builder.create(this, "databases")
        .provider(region.provider())
        .name(parameterName())
        .description("Databases whose lease the fleet renews")
        .type("String")
        // Nothing in it is secret.
        .insecureValue(
            databases.stream()
                .map(
                    it ->
                        "%s=%s:%d/%s"
                            .formatted(it.generation(), it.writerHost(), it.port(), it.name()))
                .collect(Collectors.joining(" ")))
        .build();
    IamRolePolicy.Builder.create(this, "policy")
        .provider(region.provider())
        .name("renewer")
        .role(fleet.roleName())
        .policy(PolicyDocument.of(statements(databases)))
        .build();
  }

  /** What the fleet's launch template must wait for. */
  S3Object jar() {
    return jar;
  }

  /** Where instances fetch the jar: a text, not a reference. */
  String url() {
    return "s3://" + bucket.literalName() + "/" + key;
  }

  String sha256() {
    return props.code().sha256();
  }

  String regionName() {
    return region.name();
  }

  /** What the program is started with, sorted. */
  Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>();
    variables.put("ENVIRONMENT", props.names().environment());
    variables.put("AWS_REGION", region.name());
    variables.put("DATABASES_PARAMETER", parameterName());
    IntStream.range(0, REGISTERS.size())
        .forEach(
            i -> {
              LeaseRegister register = props.registers().get(i);
              variables.put(REGISTERS.get(i), register.regionName() + "/" + register.tableName());
            });
    return variables;
  }

  private String parameterName() {
    return props.names().path("lease-databases");
  }

  private Statement[] statements(List<LeasedDatabase> databases) {
    return new Statement[] {
      Statement.allow("FetchRenewer").actions("s3:GetObject").on(bucket.arn() + "/*"),
      Statement.allow("FindLeasedDatabases")
          .actions("ssm:GetParameter")
          .on(Reference.to(this, SsmParameter.TF_RESOURCE_TYPE, "databases").arn()),
      Statement.allow("RenewLease")
          .actions("dynamodb:GetItem", "dynamodb:PutItem")
          .on(props.registers().stream().map(LeaseRegister::tableArn).toList())
          .when("ForAllValues:StringEquals", "dynamodb:LeadingKeys", "LEASE"),
      Statement.allow("OpenDatabases")
          .actions("rds-db:connect")
          .on(databases.stream().map(LeasedDatabase::renewerArn).toList()),
      Statement.allow("TellRenewals")
          .actions("cloudwatch:PutMetricData")
          .on("*")
          .when("StringEquals", "aws:RequestedRegion", region.name())
          .when("StringEquals", "cloudwatch:namespace", NAMESPACE)
    };
  }
}
