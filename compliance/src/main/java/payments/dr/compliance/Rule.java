package payments.dr.compliance;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One thing that every resource of some types must keep.
 *
 * @param id says the fault, such as {@code bucket-public}
 * @param title what it is about, in a few words
 * @param types of resources that it looks at; none for every type
 * @param why what could happen without it
 * @param fix what to do
 */
public record Rule(
    String id,
    String title,
    List<String> types,
    Scope scope,
    Requirement requirement,
    References references,
    String why,
    String fix) {

  static List<String> types(String... types) {
    return List.of(types);
  }

  /** The resources that it looks at. */
  public Stream<Resource> subjects(Resources stack, StackKind kind) {
    return (types.isEmpty() ? stack.all().stream() : types.stream().flatMap(stack::ofType))
        .filter(resource -> kind.has(scope, resource))
        .filter(resource -> requirement.concerned().holds(resource, stack));
  }

  public Stream<Violation> violations(Resources stack, StackKind kind) {
    return subjects(stack, kind)
        .flatMap(
            resource ->
                fault(resource, stack).stream()
                    .map(found -> new Violation(this, resource.address(), found)));
  }

  private Optional<String> fault(Resource resource, Resources stack) {
    return requirement.check().fault(resource, stack);
  }
}
