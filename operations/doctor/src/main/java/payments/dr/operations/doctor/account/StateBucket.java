package payments.dr.operations.doctor.account;

import java.util.List;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Whether the bucket is there that keeps the states of a stack.
 *
 * @param stack that keeps its state there
 * @param environment that {@code make bootstrap} takes
 */
public record StateBucket(String where, String bucket, String stack, String environment)
    implements Check {

  private static final int MOVED = 301;
  private static final int NOT_FOUND = 404;

  @Override
  public String name() {
    return "state of " + stack;
  }

  @Override
  public List<Permission> permissions() {
    return List.of(new Permission("s3:ListBucket", "arn:aws:s3:::" + bucket));
  }

  @Override
  public Result ask(Clients aws) {
    try {
      aws.s3(where).headBucket(request -> request.bucket(bucket));
      return Result.ok("bucket " + bucket);
    } catch (NoSuchBucketException e) {
      return missing();
    } catch (S3Exception e) {
      return switch (e.statusCode()) {
        case NOT_FOUND -> missing();
        case MOVED ->
            Result.fails(
                "bucket %s must be in %s, got one in another Region".formatted(bucket, where),
                "correct state.region, or choose another state.bucket");
        default -> throw e;
      };
    }
  }

  private Result missing() {
    return Result.fails(
        "bucket " + bucket + " must be there, got none", "make bootstrap ENV=" + environment);
  }
}
