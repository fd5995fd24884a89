package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.modules.testing.SynthesizedStack;

/** Rules that every stack keeps, whichever construct made a resource. */
class SecurityTest {

  private static final List<String> BUCKET_COMPANIONS =
      List.of(
          "aws_s3_bucket_lifecycle_configuration",
          "aws_s3_bucket_ownership_controls",
          "aws_s3_bucket_policy",
          "aws_s3_bucket_public_access_block",
          "aws_s3_bucket_server_side_encryption_configuration",
          "aws_s3_bucket_versioning");

  private static final Pattern ACCESS_KEY = Pattern.compile("\\b(AKIA|ASIA)[A-Z0-9]{16}\\b");

  /** Attributes that would put a secret into plan and state. */
  private static final Set<String> SECRET_ATTRIBUTES =
      Set.of("master_password", "password", "secret_string", "secret_binary", "private_key");

  @ParameterizedTest
  @MethodSource("payments.dr.main.SynthesizedStacks#names")
  void no_secret_stands_in_the_json(String stack) {
    List<String> found = new ArrayList<>();
    SynthesizedStacks.get(stack)
        .resources()
        .forEach(
            (address, body) ->
                SECRET_ATTRIBUTES.stream()
                    .filter(body::has)
                    .forEach(attribute -> found.add(address + "." + attribute)));

    assertEquals(List.of(), found);
    assertFalse(ACCESS_KEY.matcher(SynthesizedStacks.text(stack)).find());
  }

  @ParameterizedTest
  @MethodSource("payments.dr.main.SynthesizedStacks#names")
  void only_load_balancers_admit_the_internet_and_only_on_80_and_443(String stack) {
    List<String> open = new ArrayList<>();
    SynthesizedStack synthesized = SynthesizedStacks.get(stack);
    synthesized
        .resources("aws_vpc_security_group_ingress_rule")
        .forEach(
            (address, rule) -> {
              boolean anywhere =
                  rule.path("cidr_ipv4").asText().endsWith("/0")
                      || rule.path("cidr_ipv6").asText().endsWith("/0");
              boolean web =
                  rule.path("from_port").equals(rule.path("to_port"))
                      && Set.of(80, 443).contains(rule.path("from_port").asInt());
              boolean balancer = rule.path("security_group_id").asText().contains("load-balancer");
              if (anywhere && !(web && balancer)) {
                open.add(address);
              }
            });

    assertEquals(List.of(), open);
  }

  @ParameterizedTest
  @MethodSource("payments.dr.main.SynthesizedStacks#names")
  void security_groups_have_no_inline_rules(String stack) {
    SynthesizedStack synthesized = SynthesizedStacks.get(stack);
    synthesized
        .resources("aws_security_group")
        .forEach(
            (address, group) -> assertFalse(group.has("ingress") || group.has("egress"), address));
    assertEquals(Map.of(), synthesized.resources("aws_security_group_rule"));
  }

  @ParameterizedTest
  @MethodSource("payments.dr.main.SynthesizedStacks#names")
  void every_bucket_has_its_companions(String stack) {
    SynthesizedStack synthesized = SynthesizedStacks.get(stack);
    Set<String> missing = new TreeSet<>();
    for (String bucket : synthesized.resources("aws_s3_bucket").keySet()) {
      for (String companion : BUCKET_COMPANIONS) {
        boolean present =
            synthesized.resources(companion).values().stream()
                .anyMatch(body -> body.path("bucket").asText().equals("${" + bucket + ".id}"));
        if (!present) {
          missing.add(bucket + " lacks " + companion);
        }
      }
    }

    assertEquals(Set.of(), missing);
  }
}
