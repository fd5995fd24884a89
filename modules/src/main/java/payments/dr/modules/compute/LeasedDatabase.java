package payments.dr.modules.compute;

/**
 * A database whose tables take writes under a lease only, as one Region's fleet reaches it.
 *
 * @param generation such as {@code v2}
 * @param writerHost takes writes while the Region writes
 * @param name of the database in the cluster
 * @param renewerArn what {@code rds-db:connect} is granted on
 */
public record LeasedDatabase(
    String generation, String writerHost, int port, String name, String renewerArn) {

  /** The role that opens it; {@code ./dr database init} makes it. */
  public static final String RENEWER = "payments_renewer";
}
