package payments.dr.compliance;

import java.util.stream.Stream;

/** A synthesized stack and what it is judged by. */
public record CheckedStack(
    String name, Resources resources, StackKind kind, Exceptions exceptions) {

  /** A line for each violation and each bad exception. */
  public Stream<String> faults() {
    Verdict verdict = verdict();
    String remediation =
        exceptions.areAllowed()
            ? "; an exception goes to " + exceptions.place()
            : "; this stack takes no exceptions";
    return Stream.concat(
        verdict.violations().stream().map(violation -> name + ": " + violation + remediation),
        verdict.badExceptions().stream());
  }

  Verdict verdict() {
    return Verdict.of(resources, kind, exceptions);
  }
}
