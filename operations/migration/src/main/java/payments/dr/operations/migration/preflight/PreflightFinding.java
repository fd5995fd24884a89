package payments.dr.operations.migration.preflight;

/**
 * One object that a check found.
 *
 * @param check its id
 * @param generation of the side where it is
 * @param object such as {@code public.payments}
 * @param why it matters
 * @param fix what to run there when it ends with a semicolon, otherwise what to do
 */
public record PreflightFinding(
    String check,
    PreflightSeverity severity,
    String generation,
    String object,
    String found,
    String why,
    String fix) {

  public boolean isFixedBySql() {
    return fix.endsWith(";");
  }
}
