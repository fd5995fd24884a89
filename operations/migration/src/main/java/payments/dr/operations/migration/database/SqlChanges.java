package payments.dr.operations.migration.database;

import java.io.PrintWriter;
import java.sql.SQLException;
import payments.dr.operations.console.CommandFailedException;

/**
 * Makes changes, or prints what it would run.
 *
 * @param dryRunTo where the SQL is printed instead of run; null to run it
 */
public record SqlChanges(PrintWriter dryRunTo) {

  /** A statement's effect. */
  @FunctionalInterface
  interface Change {
    void make() throws SQLException;
  }

  public static final SqlChanges MADE = new SqlChanges(null);

  public boolean dryRun() {
    return dryRunTo != null;
  }

  void make(String generation, String shown, Change change) {
    if (dryRun()) {
      dryRunTo.println("-- on " + generation);
      dryRunTo.println(shown.strip() + ";");
      dryRunTo.flush();
      return;
    }
    try {
      change.make();
    } catch (SQLException e) {
      throw new CommandFailedException(
          "%s: %s, in: %s"
              .formatted(generation, e.getMessage(), shown.strip().lines().findFirst().orElse("")));
    }
  }
}
