package payments.dr.operations.restore;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.console.BadInputException;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/**
 * What a restored database stands on: the network of the generation's own clusters in the Region,
 * and the environment's key of data. They are found by their names, since the clusters may be gone.
 * What a vault has needs the key of vaults as well.
 *
 * @param securityGroup its id
 * @param key ARN of the key of data
 */
record Ground(String subnetGroup, String securityGroup, String parameterGroup, String key) {

  /**
   * Asks AWS.
   *
   * @throws BadInputException when a part is gone, with what brings it back
   */
  static Ground of(Site site, Restoration restoration) {
    DatabaseGeneration generation = restoration.generation();
    if (!restoration.origin().isContinuous()) {
      key(site, "backup");
    }
    return new Ground(
        site.named("db-subnets" + generation.nameSuffix()),
        securityGroup(site, site.named("db-sg" + generation.nameSuffix())),
        site.named("db-params" + generation.nameSuffix()),
        key(site, "data"));
  }

  private static String securityGroup(Site site, String name) {
    List<SecurityGroup> found =
        site
            .ec2()
            .describeSecurityGroupsPaginator(
                request ->
                    request.filters(Filter.builder().name("group-name").values(name).build()))
            .securityGroups()
            .stream()
            .toList();
    if (found.size() != 1) {
      throw new BadInputException(
          "security group %s must be in %s once, found %d; `make deploy ENV=%s` makes it"
              .formatted(name, site.region(), found.size(), site.names().environment()));
    }
    return found.get(0).groupId();
  }

  /** Without this question, a key that waits for its deletion shows as a restore that fails. */
  private static String key(Site site, String purpose) {
    String alias = "alias/" + site.named(purpose);
    JsonNode key =
        site.json()
            .apply(
                JsonRequest.post(
                    "kms",
                    "TrentService",
                    "DescribeKey",
                    JSON.createObjectNode().put("KeyId", alias).toString()))
            .path("KeyMetadata");
    String state = key.path("KeyState").asText();
    if (!state.equals("Enabled")) {
      String id = key.path("KeyId").asText();
      throw new BadInputException(
          "key %s of %s must be Enabled, got %s: run `aws kms cancel-key-deletion --key-id %s --region %s` if it waits for its deletion, then `aws kms enable-key` with the same options"
              .formatted(alias, site.region(), state, id, site.region()));
    }
    return key.path("Arn").asText();
  }
}
