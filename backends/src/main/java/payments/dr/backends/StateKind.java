package payments.dr.backends;

/** What holds the state. */
public enum StateKind {
  /** An S3 bucket, shared by people and pipelines. */
  S3,
  /** A file below the project root, for a local AWS. */
  LOCAL
}
