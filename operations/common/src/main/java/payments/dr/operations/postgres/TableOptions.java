package payments.dr.operations.postgres;

import picocli.CommandLine.Option;

/** Where payments are kept, as a mixin, with the reference application's names as defaults. */
public final class TableOptions {

  @Option(names = "--table", paramLabel = "NAME", description = "Default: payments.")
  private String table = PaymentTable.REFERENCE.table();

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description = "The idempotency key. Default: idempotency_key.")
  private String key = PaymentTable.REFERENCE.key();

  @Option(names = "--id", paramLabel = "COLUMN", description = "Tells payments apart. Default: id.")
  private String id = PaymentTable.REFERENCE.id();

  @Option(
      names = "--created",
      paramLabel = "COLUMN",
      description = "When a payment was made. Default: created_at.")
  private String created = PaymentTable.REFERENCE.created();

  /**
   * Returns the names that were given.
   *
   * @throws payments.dr.operations.console.BadInputException for what is no name
   */
  public PaymentTable value() {
    return new PaymentTable(table, key, id, created);
  }
}
