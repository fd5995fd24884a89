package payments.dr.modules.storage;

import java.util.List;
import payments.dr.modules.iam.Statement;

/**
 * What a private bucket needs.
 *
 * @param name globally unique
 * @param kmsKeyArn key for its objects, or {@code null} for S3's own keys where a writer or reader
 *     (log delivery, anonymous health checkers) cannot use KMS
 * @param expirationDays when objects go, or {@code null} to keep them
 * @param accessLogs where requests are logged, or {@code null} for the log bucket: logging itself,
 *     it would never stop growing
 * @param statements who else may use it; the TLS-only rule is always there
 * @param destroyWithContent whether destroying it may take objects along
 * @param retention how long each object is locked, or {@code null} for a bucket without Object
 *     Lock; only a new bucket gets it
 */
public record BucketProps(
    String name,
    String kmsKeyArn,
    Integer expirationDays,
    AccessLogs accessLogs,
    List<Statement> statements,
    boolean destroyWithContent,
    Retention retention) {

  public BucketProps {
    statements = List.copyOf(statements);
  }

  /** Without Object Lock. */
  public BucketProps(
      String name,
      String kmsKeyArn,
      Integer expirationDays,
      AccessLogs accessLogs,
      List<Statement> statements,
      boolean destroyWithContent) {
    this(name, kmsKeyArn, expirationDays, accessLogs, statements, destroyWithContent, null);
  }
}
