package payments.dr.lambda.aws;

import payments.dr.lambda.model.Presence;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * One Region's copy of the latch: the object whose presence sends customers to the DR Region, and
 * the one beside it that keeps them there through an outage of S3. Every method throws {@link
 * software.amazon.awssdk.core.exception.SdkException} when AWS does not answer.
 *
 * @param looking client for {@link #look}
 * @param acting client for the others
 */
public record LatchObject(S3Client looking, S3Client acting, String bucket) {

  /** Route 53's fast checkers read it by this name. */
  public static final String KEY = "latch/dr-active";

  /** Its slow checkers, which forget it only after many probes, read this one. */
  public static final String HOLD_KEY = "latch/dr-held";

  private static final String CONTENT = "Payments are served from the DR Region.\n";

  Presence look() {
    return look(KEY);
  }

  Presence lookAtHold() {
    return look(HOLD_KEY);
  }

  private Presence look(String key) {
    try {
      looking.headObject(request -> request.bucket(bucket).key(key));
      return Presence.PRESENT;
    } catch (NoSuchKeyException e) {
      return Presence.ABSENT;
    }
  }

  /** Puts both objects, first the one that turns the route. */
  void put() {
    put(KEY);
    put(HOLD_KEY);
  }

  /** Deletes both objects. */
  void delete() {
    delete(KEY);
    loosen();
  }

  /** Deletes what holds the route, and leaves what turns it. */
  void loosen() {
    delete(HOLD_KEY);
  }

  private void put(String key) {
    acting.putObject(
        request -> request.bucket(bucket).key(key).contentType("text/plain"),
        RequestBody.fromString(CONTENT));
  }

  private void delete(String key) {
    acting.deleteObject(request -> request.bucket(bucket).key(key));
  }
}
