package payments.dr.operations.doctor.account;

import payments.dr.operations.doctor.check.Result;

/** Says that an account has already what its stack would make, and may exist once only. */
final class Existing {

  private Existing() {}

  static Result of(String what, String stack) {
    return Result.fails(
        "must be made by %s, got %s, which exists already".formatted(stack, what),
        "import it into the state of %s (terraform import), or baseline.enabled: false where a landing zone watches the account"
            .formatted(stack));
  }
}
