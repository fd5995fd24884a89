package payments.dr.operations.doctor.check;

import java.util.Locale;

/** What a check comes to. */
public enum Verdict {
  OK,
  /** It works, and somebody should look at it. */
  ATTENTION,
  /** A deployment would fail, or what is deployed does not do what it is there for. */
  FAILS,
  /** AWS did not say: a permission is missing, or nobody answered. */
  NOT_ANSWERABLE;

  /** As texts and JSON have it: {@code not answerable}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
