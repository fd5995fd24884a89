package payments.dr.operations.migration;

import payments.dr.ledger.Lease;
import payments.dr.operations.migration.cutover.Pointer;
import payments.dr.operations.migration.sessions.SessionMigration;

/**
 * Takes the sessions along: the pointer leads to the database and the session table of a
 * generation, so both must be there before it moves. Past the database's point of no return it goes
 * forward only, and so do they.
 *
 * @param mutex held by the cutover
 */
record SessionsFirst(
    SessionMigration sessions, String idempotencyPrefix, Lease mutex, Pointer pointer)
    implements Pointer {

  @Override
  public void requireReady(String generation) {
    sessions.requireFollowing(generation);
    pointer.requireReady(generation);
  }

  @Override
  public void pointTo(String generation) {
    sessions.cutOverTo(generation, idempotencyPrefix, mutex);
    pointer.pointTo(generation);
  }
}
