package payments.dr.lambda.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import payments.dr.lambda.port.AuditArchive;
import payments.dr.lambda.port.PortException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * One Region's bucket with Object Lock, an object of JSON for each row. The bucket's own rule says
 * how long an object is locked; who writes it needs no right to say so.
 *
 * @param client bounded in time
 */
public record AuditBucket(S3Client client, String bucket) implements AuditArchive {

  private static final int PRECONDITION_FAILED = 412;

  @Override
  public void keep(String incident, long version, Map<String, String> values) {
    String key = key(incident, version);
    try {
      client.putObject(
          request ->
              request
                  .bucket(bucket)
                  .key(key)
                  // S3 refuses the second of two writers, too: versions do not pile up.
                  .ifNoneMatch("*")
                  // Into a bucket with Object Lock S3 takes nothing without.
                  .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                  .contentType("application/json"),
          RequestBody.fromString(text(incident, version, values)));
    } catch (SdkException e) {
      if (!isThere(e)) {
        throw new PortException(
            "audit row %s must be taken by bucket %s, got %s"
                .formatted(key, bucket, e.getMessage().lines().findFirst().orElse("")),
            e);
      }
    }
  }

  /** {@code audit/<incident>/<version>.json}, in the order of the versions. */
  static String key(String incident, long version) {
    return "audit/%s/%010d.json".formatted(incident, version);
  }

  /** The same row is the same text, in each export. */
  static String text(String incident, long version, Map<String, String> values) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("incident", incident);
    row.put("version", version);
    row.put("values", new TreeMap<>(values));
    return JsonText.text(row);
  }

  private static boolean isThere(SdkException e) {
    return e instanceof S3Exception answer && answer.statusCode() == PRECONDITION_FAILED;
  }
}
