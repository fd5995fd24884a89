package payments.dr.operations.review.plan;

/**
 * Something that a plan says beside its changes, and that whoever reads it must know.
 *
 * @param address of what it is about; {@code plan} when it is about the whole
 * @param words what the plan says of it, without values of resources
 */
public record PlanNote(Kind kind, String address, String words) {

  /** What of a plan it comes from. */
  public enum Kind {
    /** A condition of the configuration's own that does not hold, or could not be judged. */
    CHECK,
    /** A condition about something that the apply has to create or change first. */
    CHECK_UNKNOWN,
    /** Something that this plan leaves out. */
    INCOMPLETE,
    /** A call that the apply makes and that is no change of a resource. */
    INVOCATION,
    /** An output whose value is to be shown from now on. */
    DISCLOSURE,
    /** A part of the plan's format that is not known here. */
    UNKNOWN
  }
}
