package payments.dr.lambda.failover;

/** One of the two Regions, where a look may fail to say which. */
public enum Site {
  PRIMARY,
  DR,
  UNKNOWN
}
