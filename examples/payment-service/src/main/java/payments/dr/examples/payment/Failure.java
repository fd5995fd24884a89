package payments.dr.examples.payment;

import java.sql.SQLException;

/** What a database's error means for the service. */
enum Failure {
  /** No connection, or none any more; whether a commit arrived is unknown. */
  GONE,
  /** The writer is elsewhere. */
  READ_ONLY,
  /** Another transaction has the row. */
  LOCKED,
  OTHER;

  /** By the class of its SQLSTATE, the standard's or PostgreSQL's. */
  static Failure of(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.equals("25006")) {
      return READ_ONLY;
    }
    if (state.equals("55P03")) {
      return LOCKED;
    }
    return state.isEmpty() || state.startsWith("08") || state.startsWith("57P") ? GONE : OTHER;
  }
}
