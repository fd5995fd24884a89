package payments.dr.operations.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.postgres.Cluster;

/**
 * Makes what a database lacks, all of it or nothing: in one transaction.
 *
 * @param application the role that the application signs in as
 * @param leased whether tables take writes under a lease only; if not, what asks for it goes
 */
public record Initialization(Cluster cluster, String application, boolean leased) {

  /** What became of a step. */
  enum Outcome {
    MADE,
    ALREADY_SO,
    /** The server has no such thing. */
    NOT_HERE
  }

  record Done(SetupStep step, Outcome outcome) {}

  /**
   * Does every step, in one transaction.
   *
   * @param dryRun whether everything is undone at the end; until then it is done, so that what is
   *     told is exact
   * @throws BadInputException when the database is not in a state to be given anything
   * @throws CommandFailedException when PostgreSQL refuses; nothing was changed
   */
  public List<Done> run(boolean dryRun) {
    try (Connection connection = cluster.connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        refuseUnfit(statement);
        List<Done> done = new ArrayList<>();
        for (SetupStep step : SetupSteps.of(application, leased)) {
          done.add(new Done(step, make(statement, step)));
        }
        if (dryRun) {
          connection.rollback();
        } else {
          connection.commit();
        }
        return done;
      }
    } catch (SQLException e) {
      throw new CommandFailedException(
          "database of %s must answer, got \"%s\"; nothing was changed"
              .formatted(cluster.generation(), e.getMessage()));
    }
  }

  private Outcome make(Statement statement, SetupStep step) throws SQLException {
    if (!holds(statement, step.where())) {
      return Outcome.NOT_HERE;
    }
    if (holds(statement, step.holds())) {
      return Outcome.ALREADY_SO;
    }
    try {
      statement.execute(step.sql());
    } catch (SQLException e) {
      throw new CommandFailedException(
          "cannot make it so that %s in %s, got \"%s\"; nothing was changed"
              .formatted(step.what(), cluster.generation(), e.getMessage()));
    }
    // A REVOKE without the right to it is a mere warning.
    if (!holds(statement, step.holds())) {
      throw new CommandFailedException(
          "it must be so that %s in %s, but it is not after \"%s\": the administrator lacks a right;"
                  .formatted(step.what(), cluster.generation(), step.sql().strip())
              + " nothing was changed");
    }
    return Outcome.MADE;
  }

  private void refuseUnfit(Statement statement) throws SQLException {
    if (holds(
        statement, "pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'")) {
      throw new BadInputException(
          cluster.generation()
              + " must take writes, got a reader or a read-only database: let the entry of libpq's"
              + " service file name the cluster of the Region that writes");
    }
    if (holds(statement, "to_regnamespace('payments_migration') IS NOT NULL")) {
      throw new BadInputException(
          cluster.generation()
              + " must not be in a migration, which may have closed it: see ./dr migrate status");
    }
    if (holds(
        statement,
        "EXISTS (SELECT FROM pg_roles WHERE rolname IN ('"
            + application
            + "', 'payments_heartbeat') AND (rolsuper OR rolcreaterole OR rolbypassrls))")) {
      throw new BadInputException(
          "roles %1$s and payments_heartbeat must stand below grants; take that from them first:"
                  .formatted(application)
              + " ALTER ROLE ... NOSUPERUSER NOCREATEROLE NOBYPASSRLS");
    }
  }

  private static boolean holds(Statement statement, String condition) throws SQLException {
    try (ResultSet answer = statement.executeQuery("SELECT " + condition)) {
      answer.next();
      return answer.getBoolean(1);
    }
  }
}
