package payments.dr.operations.drill.load;

/** Where one payment is tried once. */
@FunctionalInterface
public interface Till {

  /**
   * @param region that acknowledged it; null: it was not acknowledged
   * @param seen for the journal, such as {@code 201} or what went wrong
   */
  record Answer(String region, String seen) {

    public boolean acknowledged() {
      return region != null;
    }
  }

  /** Never throws. */
  Answer pay(String key);
}
