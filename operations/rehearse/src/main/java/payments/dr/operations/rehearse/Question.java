package payments.dr.operations.rehearse;

/** Something that no document says for certain, and a deployment can tell. */
interface Question {

  /** What is not known; one sentence. */
  String asks();

  /** What is called or done to know it. */
  String tried();

  /** What came of it, or why there is no answer. */
  String answer();
}
