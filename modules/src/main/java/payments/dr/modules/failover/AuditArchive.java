package payments.dr.modules.failover;

import java.util.ArrayList;
import java.util.List;
import payments.dr.configuration.failover.FailoverSettings;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;
import payments.dr.modules.storage.BucketProps;
import payments.dr.modules.storage.PrivateBucket;
import payments.dr.modules.storage.Retention;

/**
 * Where the failover controller of one Region exports rows of its ledger's audit trail, each as an
 * object that is locked for {@link FailoverSettings#auditRetentionDays()} and written once.
 *
 * <p>Each Region has its own, which its own controller fills: when one is dark, the other's trail
 * goes on. Below {@value #PREFIX} lie the rows.
 */
public final class AuditArchive extends Component {

  static final String PREFIX = "audit/";

  private final PrivateBucket bucket;

  public AuditArchive(Region region, String id, AuditArchiveProps props) {
    super(region, id);
    String name = props.names().bucket(region.role(), "audit");
    FailoverSettings settings = props.settings();
    bucket =
        new PrivateBucket(
            this,
            "rows",
            region,
            new BucketProps(
                name,
                props.keys().arn(KeyPurpose.STORAGE),
                settings.auditRetentionDays(),
                props.accessLogs(),
                statements("arn:aws:s3:::" + name, props.protectData()),
                !props.protectData(),
                new Retention(settings.auditRetentionMode(), settings.auditRetentionDays())));
  }

  public String bucketName() {
    return bucket.name();
  }

  /** The text, not a reference: who writes to it must not wait for it. */
  public String bucketLiteralName() {
    return bucket.literalName();
  }

  /** ARN of the objects, put together from the text. */
  public String givenRowsArn() {
    return givenArn() + "/" + PREFIX + "*";
  }

  /** The text, not a reference. */
  public String givenArn() {
    return "arn:aws:s3:::" + bucketLiteralName();
  }

  private static List<Statement> statements(String arn, boolean protectData) {
    List<Statement> statements = new ArrayList<>();
    // Object Lock keeps the version that is there, but lets a newer one hide it.
    statements.add(
        Statement.deny("RefuseOverwriting")
            .toAws("*")
            .actions("s3:PutObject")
            .on(arn + "/*")
            .when("Null", "s3:if-none-match", "true"));
    if (protectData) {
      statements.add(
          Statement.deny("RefuseDeletionOfVersions")
              .toAws("*")
              .actions("s3:BypassGovernanceRetention", "s3:DeleteBucket", "s3:DeleteObjectVersion")
              .on(arn, arn + "/*"));
    }
    return statements;
  }
}
