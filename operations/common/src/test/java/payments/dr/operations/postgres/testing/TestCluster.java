package payments.dr.operations.postgres.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import payments.dr.operations.postgres.Cluster;

/** A server of the tests, as commands see it. */
record TestCluster(PostgresServer server) implements Cluster {

  @Override
  public String generation() {
    return server.generation();
  }

  @Override
  public Connection connect() throws SQLException {
    return server.connect();
  }

  @Override
  public Map<String, String> peerKeywords() {
    return Map.of(
        "host",
        "localhost",
        "port",
        "" + server.port(),
        "dbname",
        PostgresServer.DATABASE,
        "sslmode",
        "verify-full",
        "sslrootcert",
        server.rootCertificate().toString());
  }

  @Override
  public ProcessBuilder program(List<String> command) {
    ProcessBuilder program = new ProcessBuilder(command);
    program
        .environment()
        .putAll(
            Map.of(
                "PGHOST",
                "localhost",
                "PGPORT",
                "" + server.port(),
                "PGDATABASE",
                PostgresServer.DATABASE,
                "PGUSER",
                PostgresServer.ADMINISTRATOR,
                "PGSSLMODE",
                "verify-full",
                "PGSSLROOTCERT",
                server.rootCertificate().toString(),
                "PGPASSFILE",
                passwordFile().toString()));
    return program;
  }

  private Path passwordFile() {
    Path file = server.rootCertificate().resolveSibling("pgpass-" + server.generation());
    try {
      Files.writeString(
          file,
          "localhost:%d:*:%s:%s%n"
              .formatted(server.port(), PostgresServer.ADMINISTRATOR, PostgresServer.PASSWORD));
      // libpq ignores a file that others can read.
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
