package payments.dr.main.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import payments.dr.modules.testing.SynthesizedStack;

/**
 * What the words in braces of {@code calls.yaml} stand for in one Region of a stack.
 *
 * @param generations of the database that the stack has
 */
public record Place(Map<String, String> words, List<String> generations) {

  /** AWS's own, of the Regions of this project's stacks. */
  private static final Map<String, String> PATCH_MANAGER_BUCKETS =
      Map.of(
          "us-east-1", "aws-patch-manager-us-east-1-1970c647d",
          "us-east-2", "aws-patch-manager-us-east-2-552881074");

  private static final Pattern WORD = Pattern.compile("\\{([a-z-]+)}");
  private static final Pattern STACK = Pattern.compile("(account|payments-dr|state)-([a-z-]+).*");
  private static final Pattern CLUSTER = Pattern.compile("global-db(-v\\d+)?-.*");

  /**
   * @param stack its name
   * @param alias of the Region
   */
  public static Place of(String stack, SynthesizedStack synthesized, String alias) {
    Matcher name = STACK.matcher(stack);
    if (!name.matches()) {
      throw new AssertionError("name of a stack with roles must match " + STACK + ", got " + stack);
    }
    Map<String, String> words = new LinkedHashMap<>();
    words.put("environment", name.group(2));
    for (JsonNode provider : synthesized.json().path("provider").path("aws")) {
      String region = provider.path("region").asText();
      String role = provider.path("alias").asText();
      words.put("account", provider.path("allowed_account_ids").path(0).asText());
      words.put(role + "-region", region);
      words.put(role.equals(alias) ? "role" : "peer-role", role);
      words.put(role.equals(alias) ? "region" : "peer-region", region);
    }
    words.put(
        "patch-manager-bucket", PATCH_MANAGER_BUCKETS.getOrDefault(words.get("region"), "none"));
    words.put("lease", "none");
    synthesized
        .resources("aws_lambda_function")
        .values()
        .forEach(
            function -> {
              JsonNode variables = function.at("/environment/variables");
              words.put("lease", variables.path("LEASE_GRADE").asText("none"));
              words.put("witness-region", variables.path("WITNESS_REGION").asText());
            });
    words.put(
        "organization",
        synthesized.resources("aws_s3_bucket").values().stream()
            .map(bucket -> bucket.path("bucket").asText().replaceFirst("(dr|primary|state)-.*", ""))
            .findFirst()
            .orElse(""));
    return new Place(
        Map.copyOf(words),
        synthesized.resources("aws_rds_global_cluster").values().stream()
            .map(cluster -> CLUSTER.matcher(cluster.path("global_cluster_identifier").asText()))
            .filter(Matcher::matches)
            .map(cluster -> cluster.group(1) == null ? "v1" : cluster.group(1).substring(1))
            .toList());
  }

  public String account() {
    return words.get("account");
  }

  public String region() {
    return words.get("region");
  }

  /** A text for each generation if it speaks of them. */
  Stream<String> expand(String text) {
    return text.contains("generation}")
        ? generations.stream()
            .map(
                it ->
                    fill(
                        text.replace("{generation}", it)
                            // Names of the first generation do not say so.
                            .replace("{of-generation}", it.equals("v1") ? "" : "-" + it)))
        : Stream.of(fill(text));
  }

  String fill(String text) {
    return WORD.matcher(text)
        .replaceAll(
            word -> {
              String value = words.get(word.group(1));
              if (value == null) {
                throw new AssertionError("words must be " + words.keySet() + ", got " + text);
              }
              return Matcher.quoteReplacement(value);
            });
  }
}
