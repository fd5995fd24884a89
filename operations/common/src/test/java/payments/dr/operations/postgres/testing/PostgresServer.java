package payments.dr.operations.postgres.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import payments.dr.operations.postgres.Cluster;

/** One PostgreSQL server on the loopback: TLS only, passwords by SCRAM, logical replication on. */
public final class PostgresServer implements AutoCloseable {

  /** The administrator, a superuser. */
  public static final String ADMINISTRATOR = "dbadmin";

  /** The database that tests work in; see {@link PostgresServers#reset}. */
  public static final String DATABASE = "paymentsdb";

  public static final String PASSWORD = "administrator-of-the-tests";

  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private static final List<String> CONFIGURATION =
      List.of(
          "listen_addresses = '127.0.0.1'",
          "unix_socket_directories = ''",
          "ssl = on",
          "ssl_cert_file = 'server.crt'",
          "ssl_key_file = 'server.key'",
          "password_encryption = 'scram-sha-256'",
          "wal_level = logical",
          "max_connections = 100",
          "max_wal_senders = 10",
          "max_replication_slots = 10",
          "max_logical_replication_workers = 8",
          "max_worker_processes = 16",
          "max_prepared_transactions = 10",
          "fsync = off",
          "shared_preload_libraries = 'pg_stat_statements'");

  private final String generation;
  private final Path folder;
  private final CertificateAuthority authority;
  private final int port;
  private Process process;

  private PostgresServer(String generation, Path folder, CertificateAuthority authority)
      throws IOException {
    this.generation = generation;
    this.folder = folder;
    this.authority = authority;
    this.port = freePort();
  }

  /** Makes a server of the archive that the build unpacked for a generation, and starts it. */
  static PostgresServer make(String generation, Path folder, CertificateAuthority authority)
      throws IOException {
    Files.createDirectories(folder);
    Archive.copy(generation, folder.resolve("programs"));
    PostgresServer server = new PostgresServer(generation, folder, authority);
    server.initialize();
    server.start();
    try (Connection connection = server.connect("postgres", ADMINISTRATOR, PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + DATABASE);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create " + DATABASE + ": " + e.getMessage(), e);
    }
    return server;
  }

  public String generation() {
    return generation;
  }

  public int port() {
    return port;
  }

  /** The root certificate that clients verify the server by. */
  public Path rootCertificate() {
    return authority.certificate();
  }

  /** How commands reach {@value #DATABASE} as the administrator. */
  public Cluster cluster() {
    return new TestCluster(this);
  }

  /** A connection of the administrator to {@value #DATABASE}, in auto-commit. */
  public Connection connect() throws SQLException {
    return connect(DATABASE, ADMINISTRATOR, PASSWORD);
  }

  /** A connection of the administrator by way of another port of this machine. */
  public Connection connectThrough(int other) throws SQLException {
    return connect(other, DATABASE, ADMINISTRATOR, PASSWORD);
  }

  /** A verified TLS connection, in auto-commit. */
  public Connection connect(String database, String user, String password) throws SQLException {
    return connect(port, database, user, password);
  }

  private Connection connect(int at, String database, String user, String password)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("sslmode", "verify-full");
    properties.setProperty("sslrootcert", rootCertificate().toString());
    properties.setProperty("connectTimeout", "5");
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + at + "/" + database, properties);
  }

  /** Runs statements as the administrator, each in auto-commit. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Has an extension to be created, version 1.0, of a script. */
  public void install(String extension, String script) throws IOException {
    Path extensions = folder.resolve("programs/share/postgresql/extension");
    Files.writeString(
        extensions.resolve(extension + ".control"),
        "default_version = '1.0'%nrelocatable = false%n".formatted());
    Files.writeString(extensions.resolve(extension + "--1.0.sql"), script);
  }

  /**
   * Starts again after {@link #stop} or {@link #kill}, on the same port with the same data.
   *
   * @throws IllegalStateException with the end of the server's log, when it does not come up
   */
  public void start() throws IOException {
    Path log = folder.resolve("log");
    ProcessBuilder server =
        new ProcessBuilder(
            Run.serverCommand(
                List.of(program("postgres"), "-D", data().toString(), "-p", "" + port)));
    // As a subscriber it would look for a client certificate in the home of whoever runs the test.
    server.environment().put("HOME", data().toString());
    process =
        server
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Instant limit = Instant.now().plus(START_LIMIT);
    String last = "";
    while (process.isAlive() && Instant.now().isBefore(limit)) {
      try {
        connect("postgres", ADMINISTRATOR, PASSWORD).close();
        return;
      } catch (SQLException e) {
        last = e.getMessage();
        sleep(Duration.ofMillis(50));
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException(
        "PostgreSQL of %s must answer on port %d within %s, got \"%s\"; its log ends with:%n%s"
            .formatted(generation, port, START_LIMIT, last, endOf(log)));
  }

  /** The fast shutdown: open transactions are rolled back. */
  public void stop() {
    // SIGTERM would wait for clients to leave.
    end("INT");
  }

  /** As a machine that loses its power does, except that the system keeps its cache. */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    await();
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      end("INT");
    }
  }

  /** Lets this server, and no other, know an extension, which is empty. */
  public void offerExtension(String name) throws IOException {
    Path extensions = folder.resolve("programs/share/postgresql/extension");
    Files.writeString(extensions.resolve(name + ".control"), "default_version = '1.0'\n");
    Files.writeString(extensions.resolve(name + "--1.0.sql"), "");
  }

  private void initialize() throws IOException {
    Path password = folder.resolve("password");
    Files.writeString(password, PASSWORD);
    Files.createDirectories(data());
    Run.giveToServer(password.toString());
    Run.giveToServer(data().toString());
    Run.asServer(
        List.of(
            program("initdb"),
            "--pgdata=" + data(),
            "--username=" + ADMINISTRATOR,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync"));
    Files.delete(password);
    authority.issueTo(data());
    Files.writeString(
        data().resolve("pg_hba.conf"), "hostssl all,replication all 127.0.0.1/32 scram-sha-256\n");
    // Not by ALTER SYSTEM, so that a test can undo its own.
    Files.write(data().resolve("postgresql.conf"), CONFIGURATION, StandardOpenOption.APPEND);
    Files.setPosixFilePermissions(
        data().resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
    Run.giveToServer(data().toString());
  }

  private Path data() {
    return folder.resolve("data");
  }

  private String program(String name) {
    return folder.resolve("programs/bin").resolve(name).toString();
  }

  private void end(String signal) {
    Run.asMyself("kill", "-" + signal, "" + process.pid());
    await();
  }

  private void await() {
    try {
      if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "PostgreSQL of " + generation + " must end within " + START_LIMIT + ", it still runs");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PostgreSQL ended", e);
    }
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PostgreSQL started", e);
    }
  }

  private static String endOf(Path log) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(log));
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
