package payments.dr.compliance;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * One control of a framework.
 *
 * @param id as its publisher writes it, such as {@code 3.6.1} or {@code KMS.4}
 * @param verified whether the id was checked against the publisher's text
 */
public record Control(Framework framework, String id, boolean verified)
    implements Comparable<Control> {

  /** Behind an id that was not checked against the publisher's text. */
  public static final String UNVERIFIED = "(k)";

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private static final Comparator<Control> ORDER =
      Comparator.comparing(Control::framework).thenComparing(Control::sortKey);

  /**
   * @param text an id, with {@value #UNVERIFIED} behind it when it was not checked
   */
  static Control of(Framework framework, String text) {
    boolean verified = !text.endsWith(UNVERIFIED);
    return new Control(
        framework,
        verified ? text : text.substring(0, text.length() - UNVERIFIED.length()),
        verified);
  }

  /** Such as {@code ELB.4(k)}. */
  public String label() {
    return id + mark();
  }

  String mark() {
    return verified ? "" : UNVERIFIED;
  }

  /** The same for all that name the control, whether they were checked or not. */
  String key() {
    return framework + " " + id;
  }

  /** By framework, then as a person would order them: 3.5.1 before 10.2.1. */
  @Override
  public int compareTo(Control other) {
    return ORDER.compare(this, other);
  }

  private String sortKey() {
    return NUMBER
        .matcher(id)
        .replaceAll(number -> "0".repeat(4 - number.group().length()) + number.group());
  }

  @Override
  public String toString() {
    return framework.title() + " " + label();
  }
}
