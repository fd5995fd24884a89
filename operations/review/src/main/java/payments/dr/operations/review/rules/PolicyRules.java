package payments.dr.operations.review.rules;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rules about changes of policies, whichever resource carries them. */
final class PolicyRules {

  /** In a policy that hangs on a key, {@code "Resource": "*"} means that key. */
  private static final Set<String> KEYS = Set.of("aws_kms_key", "aws_kms_replica_key");

  /** Its policy only narrows what the callers' own policies allow. */
  private static final String ENDPOINT = "aws_vpc_endpoint";

  private PolicyRules() {}

  static Stream<Objection> wildcards(Subject subject) {
    return each(
        subject,
        policy -> {
          boolean key = policy.change().is(KEYS);
          if (policy.change().is(ENDPOINT) && !policy.change().alters()) {
            return Optional.empty();
          }
          return policy.newlyAllowed().stream()
              .filter(
                  it ->
                      it.allowsEveryAction()
                          || it.allowsEveryResource() && !key && !it.canNameNoResource())
              .findFirst()
              .map(
                  it ->
                      "newly allows %s on %s"
                          .formatted(
                              it.notActions().isEmpty() ? it.actions() : "all but some actions",
                              it.notResources().isEmpty() ? it.resources() : "all but some"));
        });
  }

  static Stream<Objection> principals(Subject subject) {
    return each(
        subject,
        policy -> {
          if (!policy.change().alters() || policy.before().isEmpty()) {
            return Optional.empty();
          }
          Set<String> added = new TreeSet<>();
          policy.newlyAllowed().forEach(it -> added.addAll(it.principals()));
          policy.before().stream()
              .filter(PolicyStatement::allows)
              .forEach(it -> added.removeAll(it.principals()));
          if (!added.isEmpty()) {
            return Optional.of("newly allows " + added);
          }
          // For everybody the condition is what says who: another one means somebody else.
          return policy.newlyAllowed().stream()
              .filter(it -> it.allowsEverybody() && !policy.change().is(ENDPOINT))
              .findFirst()
              .map(it -> "allows everybody under another condition");
        });
  }

  static Stream<Objection> everybody(Subject subject) {
    return each(
        subject,
        policy ->
            policy.newlyAllowed().stream()
                .filter(it -> it.allowsEverybody() && it.conditions().isEmpty())
                .filter(it -> !policy.change().is(ENDPOINT))
                .findFirst()
                .map(it -> "allows everybody " + it.actions()));
  }

  static Stream<Objection> denials(Subject subject) {
    return each(
        subject,
        policy ->
            policy.after().isPresent()
                ? policy.before().stream()
                    .filter(it -> !it.allows() && !policy.after().get().contains(it))
                    .findFirst()
                    .map(it -> "no longer denies " + it.actions())
                : Optional.empty());
  }

  static Stream<Objection> unreadable(Subject subject) {
    return each(
        subject,
        policy ->
            policy.after().isEmpty()
                ? Optional.of("the policy is known only after apply")
                : Optional.empty());
  }

  private static Stream<Objection> each(
      Subject subject, Function<PolicyChange, Optional<String>> look) {
    return PolicyChange.in(subject)
        .flatMap(
            policy ->
                look.apply(policy).map(found -> Objection.of(policy.change(), found)).stream());
  }
}
