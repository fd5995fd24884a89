package payments.dr.compliance;

import java.time.LocalDate;
import java.util.List;

/**
 * The exceptions under which a stack is judged.
 *
 * @param place where they stand, such as {@code main/environments/prod.yaml: security.exceptions}
 * @param today decides which have expired
 */
public record Exceptions(List<Waiver> waivers, String place, LocalDate today) {

  private static final int LONGEST_DAYS = 366;

  /** Of stacks that no file may excuse. */
  public static final Exceptions NONE = new Exceptions(List.of(), "", LocalDate.EPOCH);

  boolean areAllowed() {
    return !place.isEmpty();
  }

  boolean counts(Waiver waiver) {
    return !waiver.expires().isBefore(today)
        && !waiver.expires().isAfter(today.plusDays(LONGEST_DAYS));
  }

  /** In words, continuing "must be ". */
  String allowedDays() {
    return today + " to " + today.plusDays(LONGEST_DAYS);
  }
}
