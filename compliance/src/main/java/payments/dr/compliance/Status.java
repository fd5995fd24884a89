package payments.dr.compliance;

import java.util.Locale;

/** How far an environment keeps a rule or covers a control. */
public enum Status {
  /** Everything asked is there. */
  COVERED,
  /** Something is left out, excused, open or accepted. */
  PARTLY,
  /** Nothing of it is there yet. */
  OPEN,
  /** Departed from for good, with a reason. */
  ACCEPTED,
  /** Not applicable: there is nothing that it is about, or it does not hold for this kind. */
  NONE,
  /** Something breaks a rule without an exception. */
  BROKEN;

  /** As reports write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
