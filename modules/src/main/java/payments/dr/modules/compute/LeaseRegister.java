package payments.dr.modules.compute;

/**
 * One of the three tables that hold the lease. Plain texts: no fleet must wait for another Region.
 *
 * @param regionName that it stands in
 */
public record LeaseRegister(String regionName, String tableName, String tableArn) {}
