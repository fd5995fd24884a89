package payments.dr.operations.migration;

import payments.dr.operations.migration.sessions.SessionMigration;
import picocli.CommandLine.Option;

/** Options that say whether the sessions move with the database. */
final class SessionOptions {

  @Option(
      names = "--without-sessions",
      description = {
        "Leave the session table behind: customers sign in again, and a payment that is tried again"
            + " meets no idempotency key.",
        "Without it the sessions go along, which `./dr migrate sessions start` must have copied."
      })
  private boolean without;

  @Option(
      names = "--idempotency-prefix",
      paramLabel = "PREFIX",
      description = "What ids of idempotency keys begin with. Default: ${DEFAULT-VALUE}",
      defaultValue = SessionMigration.IDEMPOTENCY_PREFIX)
  private String idempotencyPrefix;

  boolean goAlong() {
    return !without;
  }

  String idempotencyPrefix() {
    return idempotencyPrefix;
  }
}
