package payments.dr.lambda.simulation;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.port.Act;

/**
 * What the controller came to say and do at least once. A rule that no schedule ever reaches is not
 * tested by any number of schedules.
 */
final class Reached {

  /** Beginnings of the reasons for which a human is asked. */
  private static final Set<String> QUESTIONS =
      Set.of(
          "EXTERNAL has been DOWN",
          "a database operation is under way",
          "cool-down until",
          "estimated loss must be",
          "given up before the writer moved",
          "mode APPROVAL always asks",
          "the DR Region is not ready",
          "the DR Region or the database was not seen",
          "the writer stays");

  /** Only the primary Region's controller does it, in schedules of DR_LOST. */
  private static final String ELSEWHERE = "ForcePrimary";

  private final Set<String> found = new TreeSet<>();

  /** Returns which phase, act, order taken or refused, and question is not among {@code found}. */
  static Set<String> missing(Set<String> found) {
    Set<String> all = new TreeSet<>(QUESTIONS);
    Stream.of(Phase.values()).map(Phase::name).forEach(all::add);
    Stream.of(Act.class.getPermittedSubclasses()).map(Class::getSimpleName).forEach(all::add);
    for (Order.Kind kind : Order.Kind.values()) {
      all.add(kind + " taken");
      all.add(kind + " refused");
    }
    all.remove(ELSEWHERE);
    all.removeAll(found);
    return all;
  }

  /** Notes what a version of the controller's state says. */
  void add(Map<String, String> state) {
    String why = state.get("why");
    found.add(state.get("phase"));
    found.add(state.get("act"));
    if (why.contains(" by human: ")) {
      found.add(why.substring(0, why.indexOf(' ')) + " taken");
    } else if (why.contains(" refused: ")) {
      found.add(why.replaceFirst("^.*?([A-Z]+) refused: .*$", "$1 refused"));
    }
    QUESTIONS.stream().filter(why::startsWith).forEach(found::add);
  }

  Set<String> found() {
    return found;
  }
}
