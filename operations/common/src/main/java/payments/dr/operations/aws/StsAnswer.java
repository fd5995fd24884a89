package payments.dr.operations.aws;

import java.util.Optional;

/**
 * What STS of a Region answered this machine when it was asked who calls.
 *
 * @param obstacle empty: it answered who calls
 * @param said who that is, or what came instead
 */
public record StsAnswer(String region, Optional<Obstacle> obstacle, String said) {

  /** Returns whether AWS there knows this caller: the network works, and somebody is signed in. */
  public boolean knowsCaller() {
    return obstacle.isEmpty();
  }

  /** Whether AWS there was reached, whatever it said. */
  boolean reached() {
    return !obstacle.equals(Optional.of(Obstacle.NO_ANSWER));
  }

  /** Returns the answer for a line that begins with the Region. */
  public String text() {
    return obstacle.map(it -> it + ": " + said).orElse("STS answers " + said);
  }

  @Override
  public String toString() {
    return knowsCaller()
        ? "STS of %s answers %s".formatted(region, said)
        : "STS of %s: %s".formatted(region, said);
  }
}
