package payments.dr.operations.restore;

/**
 * One thing that is known of a restored database.
 *
 * @param asExpected whether nobody has to look at it
 */
record Finding(boolean asExpected, String text) {

  static Finding good(String text) {
    return new Finding(true, text);
  }

  static Finding attention(String text) {
    return new Finding(false, text);
  }
}
