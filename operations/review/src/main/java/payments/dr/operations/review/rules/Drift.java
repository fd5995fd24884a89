package payments.dr.operations.review.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import payments.dr.operations.review.plan.AnsweredDrift;
import payments.dr.operations.review.plan.Plan;
import payments.dr.operations.review.plan.ResourceChange;

/**
 * What is no longer as it was, and that no plan undoes. Most of it AWS fills in after a deployment;
 * told is what a rule would refuse in a plan, and who gets through a security group, may do
 * something, or put code into a function, by nothing of the stack.
 */
final class Drift {

  private static final Map<String, String> DIRECTIONS =
      Map.of(
          "ingress", "aws_vpc_security_group_ingress_rule",
          "egress", "aws_vpc_security_group_egress_rule");

  /** Who may do what, and what a function runs: whatever the stack does not say, somebody did. */
  private static final Set<String> BY_HAND =
      Set.of("code_sha256", "inline_policy", "layers", "managed_policy_arns", "policy");

  private Drift() {}

  static Stream<Objection> left(Subject subject) {
    Mirrors mirrors = new Mirrors(subject.plan());
    List<ResourceChange> drift =
        subject.plan().unansweredDrift().stream().map(mirrors::without).toList();
    Map<String, Objection> byAddress = new LinkedHashMap<>();
    if (drift.isEmpty()) {
      return Stream.empty();
    }
    Subject drifted = subject.with(subject.plan().of(drift));
    PlanRules.OF_DRIFT.stream()
        .flatMap(rule -> rule.check().in(drifted))
        .filter(objection -> objection.change().isPresent())
        .forEach(objection -> byAddress.putIfAbsent(objection.address(), objection));
    for (ResourceChange change : drift) {
      Set<String> by = new TreeSet<>(Harmless.others(change));
      by.retainAll(BY_HAND);
      Values.found(
              !by.isEmpty(),
              () -> "differs in " + String.join(", ", by) + " by nothing of the stack")
          .ifPresent(it -> byAddress.putIfAbsent(change.address(), Objection.of(change, it)));
    }
    Map<String, Set<Passage>> declared = declared(subject.plan());
    for (ResourceChange change : drift) {
      if (change.is("aws_security_group")) {
        undeclared(change, declared)
            .forEach(found -> byAddress.putIfAbsent(change.address(), Objection.of(change, found)));
      }
    }
    return byAddress.values().stream();
  }

  /**
   * What a plan answers. Harmless drift is not told: a new default tag makes the provider take the
   * old one for somebody's.
   */
  static Optional<Objection> told(AnsweredDrift drift) {
    if (drift.change().destroys()) {
      return Optional.of(Objection.of(drift.change(), "was deleted"));
    }
    Set<String> told = new TreeSet<>(drift.attributes());
    told.retainAll(Harmless.others(drift.change()));
    return Values.found(!told.isEmpty(), () -> "differs in " + String.join(", ", told))
        .map(found -> Objection.of(drift.change(), found));
  }

  private static List<String> undeclared(ResourceChange group, Map<String, Set<Passage>> declared) {
    List<String> found = new ArrayList<>();
    DIRECTIONS.forEach(
        (attribute, type) -> {
          Set<Passage> extra = passages(group.after(attribute));
          extra.removeAll(passages(group.before(attribute)));
          extra.removeAll(declared.getOrDefault(type + " " + group.after("id").asText(), Set.of()));
          extra.forEach(
              passage -> found.add(attribute + " of " + passage + " by no rule of the stack"));
        });
    return found;
  }

  /** What the rules of each security group let through, by their type and the group's id. */
  private static Map<String, Set<Passage>> declared(Plan plan) {
    Map<String, Set<Passage>> declared = new HashMap<>();
    Stream.concat(plan.kept().stream(), plan.changes().stream())
        .filter(change -> DIRECTIONS.containsValue(change.type()))
        .flatMap(
            change ->
                Stream.of(change.before(), change.after()).map(it -> Map.entry(change.type(), it)))
        .forEach(
            rule ->
                declared
                    .computeIfAbsent(
                        rule.getKey() + " " + rule.getValue().path("security_group_id").asText(),
                        key -> new HashSet<>())
                    .add(Passage.ofRule(rule.getValue())));
    return declared;
  }

  private static Set<Passage> passages(JsonNode entries) {
    Set<Passage> passages = new HashSet<>();
    for (JsonNode entry : entries) {
      for (String peers :
          List.of("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups")) {
        entry
            .path(peers)
            .forEach(peer -> passages.add(Passage.of(peer.asText(), entry, "protocol")));
      }
      if (entry.path("self").asBoolean()) {
        passages.add(Passage.of("itself", entry, "protocol"));
      }
    }
    return passages;
  }

  /** One peer and the ports that are open to it. */
  private record Passage(String peer, String protocol, int from, int to) {

    static Passage ofRule(JsonNode rule) {
      String peer =
          Stream.of("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id")
              .map(attribute -> rule.path(attribute).asText(""))
              .filter(text -> !text.isEmpty() && !text.equals("null"))
              .findFirst()
              .orElse("nobody");
      boolean itself = peer.equals(rule.path("security_group_id").asText());
      return of(itself ? "itself" : peer, rule, "ip_protocol");
    }

    /** Without ports, AWS says 0 in one place, -1 or nothing in the other. */
    static Passage of(String peer, JsonNode ports, String protocol) {
      String name = ports.path(protocol).asText();
      return name.equals("-1")
          ? new Passage(peer, name, 0, 0)
          : new Passage(peer, name, ports.path("from_port").asInt(), ports.path("to_port").asInt());
    }

    @Override
    public String toString() {
      return "%s, protocol %s, ports %d to %d".formatted(peer, protocol, from, to);
    }
  }
}
