package payments.dr.operations.failover;

/** How an answer is written. */
enum Format {
  text,
  json
}
