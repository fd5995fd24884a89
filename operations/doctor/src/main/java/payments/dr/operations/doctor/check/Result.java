package payments.dr.operations.doctor.check;

/**
 * What a check came to.
 *
 * @param found in one line
 * @param remediation what to do about it, in one line; empty when there is nothing to do
 */
public record Result(Verdict verdict, String found, String remediation) {

  public static Result ok(String found) {
    return new Result(Verdict.OK, found, "");
  }

  public static Result attention(String found, String remediation) {
    return new Result(Verdict.ATTENTION, found, remediation);
  }

  public static Result fails(String found, String remediation) {
    return new Result(Verdict.FAILS, found, remediation);
  }

  public static Result notAnswerable(String found, String remediation) {
    return new Result(Verdict.NOT_ANSWERABLE, found, remediation);
  }
}
