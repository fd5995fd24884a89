package payments.dr.operations.review.rules;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import payments.dr.operations.review.plan.ResourceChange;

/** Checks a plan for one rule. */
@FunctionalInterface
public interface Check {

  Stream<Objection> in(Subject subject);

  /** Looks at each change by itself; the function says what it found there. */
  static Check each(Function<ResourceChange, Optional<String>> look) {
    return eachOf((subject, change) -> look.apply(change));
  }

  /** Looks at each change by itself, in the light of all that is known. */
  static Check eachOf(BiFunction<Subject, ResourceChange, Optional<String>> look) {
    return subject ->
        subject.changes().stream()
            .filter(ResourceChange::managed)
            .flatMap(
                change ->
                    look.apply(subject, change).map(found -> Objection.of(change, found)).stream());
  }
}
