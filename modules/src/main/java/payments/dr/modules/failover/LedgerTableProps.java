package payments.dr.modules.failover;

/**
 * What a ledger table needs.
 *
 * @param name such as {@code dr-ledger-dev}
 * @param keyArn of a key in the table's own Region
 * @param protectData whether neither AWS nor Terraform may delete it
 */
public record LedgerTableProps(String name, String keyArn, boolean protectData) {}
