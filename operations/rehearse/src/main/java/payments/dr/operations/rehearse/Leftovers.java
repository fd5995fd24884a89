package payments.dr.operations.rehearse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.EnvironmentRegions;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.operations.aws.JsonRequest;

/**
 * Lists what carries the environment's tag still. Keys that wait for their deletion are there for
 * days, instances and NAT gateways that were removed for an hour.
 *
 * @param aws answers a request in a Region
 */
record Leftovers(
    BiFunction<String, JsonRequest, JsonNode> aws,
    List<String> regions,
    String environment,
    PrintWriter out)
    implements Step.Action {

  /** Returns each Region in which an environment has anything, its witness's included. */
  static List<String> regions(Environment environment) {
    EnvironmentRegions regions = environment.config().regions();
    return Stream.concat(
            Stream.of(regions.primary(), regions.dr()).map(RegionSettings::name),
            regions.third().stream())
        .toList();
  }

  @Override
  public void run() {
    List<String> left = new ArrayList<>();
    for (String region : regions) {
      String page = "";
      do {
        JsonNode answer = aws.apply(region, request(page));
        answer
            .path("ResourceTagMappingList")
            .forEach(resource -> left.add(resource.path("ResourceARN").asText()));
        page = answer.path("PaginationToken").asText(""); // a null is no token
      } while (!page.isEmpty());
    }
    left.stream().distinct().sorted().forEach(arn -> out.println("   left: " + arn));
    out.println(
        left.isEmpty()
            ? "   nothing that is tagged is left"
            : "   these cost nothing: keys that wait for their deletion, and what was removed within the last hour;%n   anything else must be deleted by hand"
                .formatted());
    out.flush();
  }

  private JsonRequest request(String page) {
    return JsonRequest.post(
        "tagging",
        "ResourceGroupsTaggingAPI_20170126",
        "GetResources",
        "{\"TagFilters\":[{\"Key\":\"Environment\",\"Values\":[\"%s\"]}],\"PaginationToken\":\"%s\"}"
            .formatted(environment, page));
  }
}
