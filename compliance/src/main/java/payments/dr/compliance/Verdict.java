package payments.dr.compliance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the rules say about a stack.
 *
 * @param violations which no exception excuses
 * @param excused what exceptions excuse
 * @param badExceptions a line for each exception that is expired, unused, or names nothing
 */
public record Verdict(
    List<Violation> violations, List<Violation> excused, List<String> badExceptions) {

  private static final int NAMED_ADDRESSES = 8;

  public static Verdict of(Resources stack, StackKind kind, Exceptions exceptions) {
    List<Violation> found = Rules.violations(stack, kind);
    List<Violation> excused = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    List<Waiver> waivers = exceptions.waivers();
    for (int i = 0; i < waivers.size(); i++) {
      Waiver waiver = waivers.get(i);
      String place = "%s[%d]".formatted(exceptions.place(), i);
      List<Violation> needing = found.stream().filter(waiver::isOf).toList();
      if (!exceptions.counts(waiver)) {
        bad.add(
            "%s.expires must be %s, got \"%s\""
                .formatted(place, exceptions.allowedDays(), waiver.expires()));
      } else if (needing.isEmpty()) {
        bad.add(place + useless(waiver, stack, kind));
      }
      if (exceptions.counts(waiver)) {
        excused.addAll(needing);
      }
    }
    return new Verdict(
        found.stream().filter(violation -> !excused.contains(violation)).toList(), excused, bad);
  }

  public boolean isClean() {
    return violations.isEmpty() && badExceptions.isEmpty();
  }

  private static String useless(Waiver waiver, Resources stack, StackKind kind) {
    List<String> addresses =
        Rules.byId(waiver.rule())
            .orElseThrow()
            .subjects(stack, kind)
            .map(Resource::address)
            .toList();
    if (addresses.contains(waiver.address())) {
      return " must be removed: %s keeps rule %s".formatted(waiver.address(), waiver.rule());
    }
    String some =
        addresses.stream().limit(NAMED_ADDRESSES).collect(Collectors.joining(", "))
            + (addresses.size() > NAMED_ADDRESSES ? ", …" : "");
    return ".address must be of a resource that rule %s looks at here (%s), got %s"
        .formatted(
            waiver.rule(), some.isEmpty() ? "there is none" : some, "\"" + waiver.address() + "\"");
  }
}
