package payments.dr.operations.migration.cutover;

/** What a cutover does with rows of its target that differ from the source's. */
enum Strays {
  REFUSE(""),
  /** On the way back, where nothing but a write past the fence makes them differ. */
  REFUSE_ON_THE_WAY_BACK(
      ": ./dr migrate verify names them all; rollback --discard-strays prints them, and gives the"
          + " side that followed the rows of the other"),
  DISCARD("");

  private final String advice;

  Strays(String advice) {
    this.advice = advice;
  }

  String advice() {
    return advice;
  }
}
