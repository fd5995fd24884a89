package payments.dr.operations.review.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import payments.dr.compliance.policy.Grant;

/** Rules about changes of policies, whichever resource carries them. */
final class PolicyRules {

  /** In a policy that hangs on a key, {@code "Resource": "*"} means that key. */
  private static final Set<String> KEYS = Set.of("aws_kms_key", "aws_kms_replica_key");

  /** Its policy only narrows what the callers' own policies allow. */
  private static final String ENDPOINT = "aws_vpc_endpoint";

  private static final Pattern ACCOUNT = Pattern.compile("AWS:(?:arn:aws:[a-z]+::)?(\\d{12})\\b.*");

  /** Where AWS's own accounts put the logs of our load balancers. */
  private static final Pattern OWN_LOGS = Pattern.compile(".*/AWSLogs/(\\d{12})/\\*");

  /** A reviewer compares these; whoever wants all of them looks at the change itself. */
  private static final int TOLD = 5;

  private PolicyRules() {}

  static Stream<Objection> wildcards(Subject subject) {
    return each(
        subject,
        policy -> {
          if (policy.change().is(ENDPOINT) && !policy.change().alters()) {
            return Optional.empty();
          }
          boolean key = policy.change().is(KEYS);
          return policy.gained().stream()
              .filter(it -> it.hasOpenActions() || !key && it.hasOpenResources())
              .findFirst()
              .map(it -> "newly allows " + policy.told(it.words()));
        });
  }

  static Stream<Objection> principals(Subject subject) {
    return each(
        subject,
        policy ->
            first(
                policy.gained().stream()
                    .filter(it -> isForeign(subject, it))
                    .map(it -> "newly allows another account: " + policy.told(it.words())),
                policy.gained().stream()
                    .filter(it -> isOfAnother(policy, it))
                    .map(it -> "newly allows " + policy.told(it.words()))));
  }

  static Stream<Objection> everybody(Subject subject) {
    return Stream.concat(
        each(
            subject,
            policy ->
                policy.gained().stream()
                    .filter(it -> it.isForEverybody() && !it.isNarrowed())
                    .filter(it -> !policy.change().is(ENDPOINT))
                    .findFirst()
                    .map(it -> "allows everybody " + policy.told(it.action()))),
        Check.each(
                change ->
                    Values.found(
                        change.is("aws_lambda_function_url")
                            && change.writes()
                            && !change.after("authorization_type").asText().equals("AWS_IAM"),
                        () -> "answers everybody at an address of its own"))
            .in(subject));
  }

  static Stream<Objection> denials(Subject subject) {
    return each(
        subject,
        policy ->
            policy.after().isPresent()
                ? policy.noLongerDenied().stream()
                    .findFirst()
                    .map(it -> "no longer denies " + policy.told(it.words()))
                : Optional.empty());
  }

  static Stream<Objection> administrators(Subject subject) {
    return each(
        subject,
        policy ->
            policy.change().is(KEYS) && policy.change().alters() && policy.known()
                ? policy.lost().stream()
                    .filter(it -> Grant.covers(it.action(), "kms:PutKeyPolicy"))
                    .findFirst()
                    .map(
                        it ->
                            policy.told(it.principal())
                                + " can no longer change the policy of the key")
                : Optional.empty());
  }

  static Stream<Objection> gains(Subject subject) {
    return each(subject, policy -> compared(policy, "gains ", policy.gained()));
  }

  static Stream<Objection> losses(Subject subject) {
    return each(subject, policy -> compared(policy, "loses ", policy.lost()));
  }

  private static Optional<String> compared(PolicyChange policy, String word, List<Grant> grants) {
    if (!policy.change().alters() || !policy.known() || grants.isEmpty()) {
      return Optional.empty();
    }
    String rest = grants.size() > TOLD ? " and %d more".formatted(grants.size() - TOLD) : "";
    return Optional.of(
        word
            + policy.told(
                grants.stream().limit(TOLD).map(Grant::words).collect(Collectors.joining("; "))
                    + rest));
  }

  private static boolean isForeign(Subject subject, Grant grant) {
    Set<String> own = subject.plan().accounts();
    Matcher account = ACCOUNT.matcher(grant.principal());
    Matcher logs = OWN_LOGS.matcher(grant.resource());
    boolean delivers =
        grant.action().equals("s3:PutObject") && logs.matches() && own.contains(logs.group(1));
    return !own.isEmpty() && account.matches() && !own.contains(account.group(1)) && !delivers;
  }

  /** Of somebody who could do nothing before, or the same under a condition that is gone. */
  private static boolean isOfAnother(PolicyChange policy, Grant grant) {
    if (!policy.change().alters()
        || policy.before().isEmpty()
        || policy.change().is(ENDPOINT)
        || grant.principal().isEmpty()
        || grant.principal().contains("${")) {
      return false;
    }
    List<Grant> before = policy.allowedBefore();
    if (grant.isForEverybody()) {
      // The condition is what says who: another one means somebody else.
      return before.stream().noneMatch(grant::isOfSameAccountAs);
    }
    return before.stream().noneMatch(it -> it.principal().equals(grant.principal()))
        || policy.known() && before.stream().anyMatch(grant::differsInConditions);
  }

  private static Optional<String> first(Stream<String> one, Stream<String> other) {
    return Stream.concat(one, other).findFirst();
  }

  private static Stream<Objection> each(
      Subject subject, Function<PolicyChange, Optional<String>> look) {
    return subject.policies().stream()
        .flatMap(
            policy ->
                look.apply(policy).map(found -> Objection.of(policy.change(), found)).stream());
  }
}
