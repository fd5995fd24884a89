package payments.dr.operations.doctor.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;

/**
 * Whether AWS Config's recorder of a Region, which has one, is the account stack's or still to be
 * made by it. One that somebody else made stops that deployment.
 *
 * @param bucket into which that stack's recorder writes
 */
public record ConfigRecorder(String where, String bucket, Single recorder) implements Check {

  private static final String SERVICE = "config";
  private static final String API = "StarlingDoveService";

  @Override
  public String name() {
    return "AWS Config";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(
        Permission.of("config:DescribeConfigurationRecorders"),
        Permission.of("config:DescribeDeliveryChannels"));
  }

  @Override
  public Result ask(Clients aws) {
    JsonNode recorders = ask(aws, "DescribeConfigurationRecorders").path("ConfigurationRecorders");
    JsonNode channels = ask(aws, "DescribeDeliveryChannels").path("DeliveryChannels");
    if (recorders.isEmpty()) {
      return recorder.absent();
    }
    String name = recorders.get(0).path("name").asText();
    return channels.findValuesAsText("s3BucketName").contains(bucket)
        ? Result.ok("recorder \"%s\" into %s".formatted(name, bucket))
        : recorder.exists("recorder \"" + name + "\"", name);
  }

  private JsonNode ask(Clients aws, String operation) {
    return aws.ask(where, JsonRequest.post(SERVICE, API, operation, "{}"));
  }
}
