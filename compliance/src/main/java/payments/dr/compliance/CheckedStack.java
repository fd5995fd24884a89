package payments.dr.compliance;

/** A synthesized stack and what it is judged by. */
public record CheckedStack(
    String name, Resources resources, StackKind kind, Exceptions exceptions) {

  Verdict verdict() {
    return Verdict.of(resources, kind, exceptions);
  }
}
