package payments.dr.compliance;

/**
 * A resource that breaks a rule.
 *
 * @param found what it is instead
 */
public record Violation(Rule rule, String address, String found) {

  @Override
  public String toString() {
    return "%s breaks security rule %s (%s): got %s (allowed: %s); %s"
        .formatted(
            address, rule.id(), rule.title(), found, rule.requirement().allowed(), rule.fix());
  }
}
