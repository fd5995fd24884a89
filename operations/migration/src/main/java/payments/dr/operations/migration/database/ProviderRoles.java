package payments.dr.operations.migration.database;

/**
 * Roles that Amazon RDS keeps for itself, by their names: whoever else begins with {@code rds} is a
 * role like any other. PostgreSQL lets nobody make a role whose name begins with {@code pg_}.
 */
public final class ProviderRoles {

  private static final String NAMES =
      "'rdsadmin', 'rds_ad', 'rds_extension', 'rds_iam', 'rds_password', 'rds_replication',"
          + " 'rds_reserved', 'rds_superuser', 'rdsproxyadmin', 'rdsrepladmin', 'rdstopmgr',"
          + " 'rdswriteforwarduser'";

  /** A condition on {@code pg_roles r}: neither PostgreSQL's nor the provider's. */
  public static final String OTHERS = "r.rolname !~ '^pg_' AND r.rolname NOT IN (" + NAMES + ")";

  private ProviderRoles() {}
}
