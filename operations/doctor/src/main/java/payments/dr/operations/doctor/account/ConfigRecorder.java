package payments.dr.operations.doctor.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import payments.dr.configuration.region.RegionRole;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;

/**
 * Whether AWS Config's recorder of a Region, which has one, is the account stack's or still to be
 * made by it. One that somebody else made stops that deployment.
 *
 * @param bucket into which that stack's recorder writes, once its delivery channel is made
 * @param state of that stack, where it can be read: after an interrupt, the recorder may be there
 *     without the channel
 */
public record ConfigRecorder(
    RegionRole role, String where, String bucket, Optional<StackState> state, Single recorder)
    implements Check {

  private static final String TYPE = "aws_config_configuration_recorder";

  private static final String SERVICE = "config";
  private static final String API = "StarlingDoveService";

  @Override
  public String name() {
    return "AWS Config";
  }

  @Override
  public List<Permission> permissions() {
    List<Permission> permissions =
        new ArrayList<>(state.map(StackState::permissions).orElse(List.of()));
    permissions.add(Permission.of("config:DescribeConfigurationRecorders"));
    permissions.add(Permission.of("config:DescribeDeliveryChannels"));
    return permissions;
  }

  @Override
  public Result ask(Clients aws) {
    JsonNode recorders = ask(aws, "DescribeConfigurationRecorders").path("ConfigurationRecorders");
    JsonNode channels = ask(aws, "DescribeDeliveryChannels").path("DeliveryChannels");
    if (recorders.isEmpty()) {
      return recorder.absent();
    }
    String name = recorders.get(0).path("name").asText();
    if (channels.findValuesAsText("s3BucketName").contains(bucket)) {
      return Result.ok("recorder \"%s\" into %s".formatted(name, bucket));
    }
    return recorder.adopted().isEmpty()
            && state.filter(read -> read.manages(aws, TYPE, role)).isPresent()
        ? Result.ok("recorder \"%s\" of %s".formatted(name, recorder.stack()))
        : recorder.exists("recorder \"" + name + "\"", name);
  }

  private JsonNode ask(Clients aws, String operation) {
    return aws.ask(where, JsonRequest.post(SERVICE, API, operation, "{}"));
  }
}
