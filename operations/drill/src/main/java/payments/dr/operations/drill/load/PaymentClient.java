package payments.dr.operations.drill.load;

/** Sends one payment once. */
@FunctionalInterface
public interface PaymentClient {

  /**
   * @param region that acknowledged it; null: it was not acknowledged
   * @param id of the payment; null: it was not acknowledged
   * @param seen for the journal, such as {@code 201} or what went wrong
   */
  record Answer(String region, String id, String seen) {

    static Answer acknowledged(String region, String id) {
      return new Answer(region, id, "201");
    }

    static Answer refused(String seen) {
      return new Answer(null, null, seen);
    }

    public boolean acknowledged() {
      return region != null;
    }
  }

  /** Never throws. */
  Answer pay(String key);
}
