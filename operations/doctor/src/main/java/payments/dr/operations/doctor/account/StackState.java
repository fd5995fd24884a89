package payments.dr.operations.doctor.account;

import payments.dr.configuration.state.StateBackend;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/**
 * Whether a stack has a state, and so was deployed before: all that is left to go by where nothing
 * in AWS says who made what is there.
 */
public record StackState(StateBackend.S3 backend) {

  Permission permission() {
    return new Permission("s3:ListBucket", "arn:aws:s3:::" + backend.bucket());
  }

  boolean exists(Clients aws) {
    try {
      return aws
          .s3(backend.region())
          .listObjectsV2(request -> request.bucket(backend.bucket()).prefix(backend.key()))
          .contents()
          .stream()
          .anyMatch(object -> object.key().equals(backend.key()));
    } catch (NoSuchBucketException e) {
      return false;
    }
  }
}
