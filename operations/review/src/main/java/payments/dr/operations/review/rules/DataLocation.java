package payments.dr.operations.review.rules;

import java.util.Optional;

/** Knows where the data is. Asked only when a plan moves the pointer, which leads traffic there. */
@FunctionalInterface
public interface DataLocation {

  /**
   * @param generation that traffic is to go to, such as {@code v2}
   * @return why it must not; empty when the data is there, and stays
   */
  Optional<String> objection(String generation);
}
