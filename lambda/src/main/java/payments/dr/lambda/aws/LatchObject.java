package payments.dr.lambda.aws;

import payments.dr.lambda.model.Presence;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * One Region's copy of the object whose presence sends customers to the DR Region. Every method
 * throws {@link software.amazon.awssdk.core.exception.SdkException} when AWS does not answer.
 *
 * @param looking client for {@link #look}
 * @param acting client for the others
 */
public record LatchObject(S3Client looking, S3Client acting, String bucket) {

  /** Route 53's checkers read it by this name. */
  public static final String KEY = "latch/dr-active";

  private static final String CONTENT = "Payments are served from the DR Region.\n";

  Presence look() {
    try {
      looking.headObject(request -> request.bucket(bucket).key(KEY));
      return Presence.PRESENT;
    } catch (NoSuchKeyException e) {
      return Presence.ABSENT;
    }
  }

  void put() {
    acting.putObject(
        request -> request.bucket(bucket).key(KEY).contentType("text/plain"),
        RequestBody.fromString(CONTENT));
  }

  void delete() {
    acting.deleteObject(request -> request.bucket(bucket).key(KEY));
  }
}
