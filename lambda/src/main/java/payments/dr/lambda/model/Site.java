package payments.dr.lambda.model;

/** One of the two Regions, where a look may fail to say which. */
public enum Site {
  PRIMARY,
  DR,
  UNKNOWN
}
