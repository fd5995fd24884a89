package payments.dr.operations.orders;

import java.time.Duration;

/** Writes durations for a person. */
final class Ages {

  private Ages() {}

  /** Such as {@code 4 s}, {@code 3 min 20 s}, {@code 2 h 5 min}, {@code 12 d 3 h}. */
  static String text(Duration age) {
    if (age.toDays() > 0) {
      return "%d d %d h".formatted(age.toDays(), age.toHoursPart());
    }
    if (age.toHours() > 0) {
      return "%d h %d min".formatted(age.toHours(), age.toMinutesPart());
    }
    return age.toMinutes() > 0
        ? "%d min %d s".formatted(age.toMinutes(), age.toSecondsPart())
        : "%d s".formatted(age.toSeconds());
  }
}
