package payments.dr.compliance;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that a stack is looked through for, in the order of the table of settings. */
public final class Rules {

  /** Those that know of one kind of resource each. */
  static final List<List<Rule>> TABLES =
      List.of(
          KeyRules.ALL,
          BucketRules.ALL,
          NetworkRules.ALL,
          FleetRules.ALL,
          LoadBalancerRules.ALL,
          FirewallRules.ALL,
          DatabaseRules.ALL,
          DataRules.ALL,
          FunctionRules.ALL,
          MessagingRules.ALL,
          RecordRules.ALL,
          BaselineRules.ALL,
          ChangeRules.ALL,
          AlarmRules.ALL,
          RecoveryRules.ALL);

  public static final List<Rule> ALL =
      Stream.concat(TABLES.stream(), Stream.of(AccessRules.ALL)).flatMap(List::stream).toList();

  private Rules() {}

  public static Optional<Rule> byId(String id) {
    return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  public static List<String> ids() {
    return ALL.stream().map(Rule::id).toList();
  }

  /** All that break a rule, rule by rule. */
  public static List<Violation> violations(Resources stack, StackKind kind) {
    return ALL.stream().flatMap(rule -> rule.violations(stack, kind)).toList();
  }
}
