package payments.dr.operations.doctor.account;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.state.StateBackend;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * The state of a stack: all that is left to go by where nothing in AWS says who made what is there.
 *
 * @param account id of the account
 */
public record StackState(StateBackend.S3 backend, String account) {

  /** Without the right to list, S3 says of an object that is not there that it is forbidden. */
  List<Permission> permissions() {
    String bucket = "arn:aws:s3:::" + backend.bucket();
    return List.of(
        new Permission("s3:ListBucket", bucket),
        new Permission("s3:GetObject", bucket + "/" + backend.key()),
        new Permission(
            "kms:Decrypt",
            "arn:aws:kms:%s:%s:key/*".formatted(backend.region(), account),
            "s3." + backend.region() + ".amazonaws.com"));
  }

  /**
   * Returns whether the stack made a resource of a type in a Region.
   *
   * @param type as Terraform calls it, such as {@code aws_securityhub_account}
   */
  boolean manages(Clients aws, String type, RegionRole role) {
    return StreamSupport.stream(read(aws).path("resources").spliterator(), false)
        .filter(resource -> resource.path("type").asText().equals(type))
        .filter(resource -> resource.path("provider").asText().endsWith("]." + role.id()))
        .anyMatch(resource -> !resource.path("instances").isEmpty());
  }

  /** Without resources where there is no state yet. */
  private JsonNode read(Clients aws) {
    try {
      return JSON.readTree(
          aws.s3(backend.region())
              .getObject(
                  request -> request.bucket(backend.bucket()).key(backend.key()),
                  ResponseTransformer.toBytes())
              .asByteArray());
    } catch (NoSuchBucketException | NoSuchKeyException e) {
      return JSON.createObjectNode();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "s3://%s/%s must be a state of Terraform".formatted(backend.bucket(), backend.key()), e);
    }
  }
}
