package payments.dr.operations.drill;

import payments.dr.operations.console.BadInputException;

/** New payments a second that a load may have. */
final class PaymentRate {

  private static final int MOST = 100;

  private PaymentRate() {}

  /**
   * @throws BadInputException when it is not 1 to 100
   */
  static void check(int rate) {
    if (rate < 1 || rate > MOST) {
      throw new BadInputException("--rate must be 1 to %d, got %d".formatted(MOST, rate));
    }
  }
}
