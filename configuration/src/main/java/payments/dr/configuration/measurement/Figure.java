package payments.dr.configuration.measurement;

/**
 * One number that a recovery budget is made of, and why it should be believed.
 *
 * @param value seconds, or a count where its name says so
 * @param source the setting's key, the measurement's name, or what the assumption rests on
 */
public record Figure(int value, Basis basis, String source) {

  /** What a number rests on, the weakest last. */
  public enum Basis {
    CONFIGURED,
    MEASURED,
    ASSUMED
  }

  public Figure {
    if (value < 0) {
      throw new IllegalArgumentException(
          "figure \"" + source + "\" must be at least 0, got " + value);
    }
  }

  public static Figure configured(int value, String key) {
    return new Figure(value, Basis.CONFIGURED, key);
  }

  public static Figure measured(int value, String measurement) {
    return new Figure(value, Basis.MEASURED, measurement);
  }

  /** Makes a figure that is assumed, for a drill to replace. */
  public static Figure assumed(int value, String reason) {
    return new Figure(value, Basis.ASSUMED, reason);
  }
}
