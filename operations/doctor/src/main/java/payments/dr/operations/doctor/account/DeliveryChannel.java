package payments.dr.operations.doctor.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;

/**
 * Whether AWS Config's delivery channel of a Region, which has one, is the account stack's or still
 * to be made by it. One that somebody else made stops that deployment.
 *
 * @param bucket to which that stack's channel delivers
 */
public record DeliveryChannel(String where, String bucket, Single channel) implements Check {

  @Override
  public String name() {
    return "delivery channel";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(Permission.of("config:DescribeDeliveryChannels"));
  }

  @Override
  public Result ask(Clients aws) {
    JsonNode channels =
        aws.ask(
                where,
                JsonRequest.post("config", "StarlingDoveService", "DescribeDeliveryChannels", "{}"))
            .path("DeliveryChannels");
    if (channels.isEmpty()) {
      return channel.absent();
    }
    String name = channels.get(0).path("name").asText();
    String to = channels.get(0).path("s3BucketName").asText();
    String what = "channel \"%s\" to %s".formatted(name, to);
    return to.equals(bucket) ? Result.ok(what) : channel.exists(what, name);
  }
}
