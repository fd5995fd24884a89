package payments.dr.operations.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.console.Project;
import payments.dr.operations.postgres.Cluster;

/** Makes the reference application's tables on a local AWS; elsewhere its team makes them. */
record Schema(Path file) {

  private static final String OWNER = "payments_owner";

  static Schema of(Project project) {
    return new Schema(project.root().resolve("examples/payment-service/schema.sql"));
  }

  /** Makes them unless they are there. */
  void makeIn(Cluster cluster) {
    try (Connection connection = cluster.connect();
        Statement statement = connection.createStatement()) {
      if (!isThere(statement)) {
        statement.execute("SET ROLE " + OWNER);
        statement.execute(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new CommandFailedException(
          "tables of %s must be made in %s after ./dr database init, got %s"
              .formatted(file, cluster.generation(), e.getMessage()));
    }
  }

  private static boolean isThere(Statement statement) throws SQLException {
    try (ResultSet answer = statement.executeQuery("SELECT to_regclass('public.payments')")) {
      answer.next();
      return answer.getString(1) != null;
    }
  }
}
