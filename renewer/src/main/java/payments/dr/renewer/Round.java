package payments.dr.renewer;

/**
 * What came of one attempt to renew.
 *
 * @param writes whether this Region's database takes writes, and asks for a lease
 * @param registers how many of the three took the renewal; 0: it was not renewed
 * @param state for humans; the same as long as nothing changes
 */
public record Round(boolean writes, int registers, String state) {

  /** Returns whether the Region may write. */
  public boolean renewed() {
    return registers > 0;
  }
}
