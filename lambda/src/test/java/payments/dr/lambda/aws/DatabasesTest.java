package payments.dr.lambda.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the function asks of its Region's databases, and what it makes of their answers. */
class DatabasesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:07Z");

  private static final int PATIENT_SECONDS = 30;

  private static TestCertificate certificate;

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private StandInPostgres postgres;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = TestCertificate.ofLocalhost();
  }

  @BeforeEach
  void start() throws IOException {
    postgres =
        StandInPostgres.start(certificate.context())
            .answers("SELECT max(beat_at)", StandInPostgres.Type.TIMESTAMPTZ, null)
            .answers("SELECT to_regproc", StandInPostgres.Type.BOOL, "f")
            .answers("SELECT pg_is_in_recovery", StandInPostgres.Type.BOOL, "f");
  }

  @AfterEach
  void stop() throws IOException {
    postgres.close();
  }

  @Test
  void newest_heartbeat_and_the_lag_that_aurora_tells_are_read() throws SQLException {
    postgres
        .answers(
            "SELECT max(beat_at)", StandInPostgres.Type.TIMESTAMPTZ, "2026-01-01 00:00:05.5+00")
        .answers("SELECT to_regproc", StandInPostgres.Type.BOOL, "t")
        .answers("SELECT aws_region", status("us-east-2", "1500", "1400", "200"));

    assertEquals(
        new Replica.Reading(
            Instant.parse("2026-01-01T00:00:05.500Z"),
            Duration.ofMillis(1500),
            new Replica.Follower(NOW, 7, Duration.ofMillis(1700))),
        replica().look("v2"));
  }

  /** What Aurora leaves open, or only a wrong clock can say, proves nothing. */
  @Test
  void follower_is_the_dr_region_whose_lag_is_told_whole() throws SQLException {
    postgres.answers("SELECT to_regproc", StandInPostgres.Type.BOOL, "t");

    postgres.answers("SELECT aws_region", status("us-east-2", "100", "300", "-2000"));
    assertEquals(
        new Replica.Follower(NOW, 7, Duration.ofMillis(300)), replica().look("v2").follower());
    postgres.answers("SELECT aws_region", status("us-east-2", "100", "300", "-2001"));
    assertNull(replica().look("v2").follower());
    postgres.answers("SELECT aws_region", status("us-east-2", "100", "300", null));
    assertNull(replica().look("v2").follower());
    postgres.answers("SELECT aws_region", status("us-east-2", "100", null, "200"));
    assertNull(replica().look("v2").follower());
    postgres.answers("SELECT aws_region", status("us-east-1", "100", "300", "200"));
    assertNull(replica().look("v2").follower(), "the primary Region follows");
    assertEquals(Duration.ofMillis(100), replica().look("v2").lag());
  }

  @Test
  void database_without_a_heartbeat_and_without_a_lag_tells_neither() throws SQLException {
    assertEquals(Replica.Reading.UNSEEN, replica().look("v2"));

    postgres
        .answers("SELECT to_regproc", StandInPostgres.Type.BOOL, "t")
        .answers("SELECT aws_region");
    assertNull(replica().look("v2").lag(), "no Region follows");
  }

  @Test
  void generation_that_is_not_deployed_is_told() {
    assertEquals(
        "generation must be deployed (v2), got \"v1\"",
        assertThrows(IllegalArgumentException.class, () -> replica().look("v1")).getMessage());
  }

  @Test
  void heartbeat_is_a_row_of_the_own_region_by_the_functions_clock() {
    Heartbeat heartbeat = heartbeat(Map.of("v2", address()));

    heartbeat.run();
    heartbeat.run();

    StandInPostgres.Asked beat = postgres.asked().get(1);
    assertTrue(beat.sql().startsWith("INSERT INTO payments_dr.heartbeat"), beat::sql);
    assertEquals("us-east-1", beat.parameters().get(0));
    assertTrue(beat.parameters().get(1).startsWith("2026-01-01 00:00:07"), beat::toString);
    assertEquals(2, heartbeat.takeBeats());
    assertEquals(0, heartbeat.takeBeats(), "those since the last question");
    assertEquals(1, said("\"state\":\"beats\""), "only what is new");
  }

  @Test
  void region_that_follows_gets_no_row() {
    postgres.answers("SELECT pg_is_in_recovery", StandInPostgres.Type.BOOL, "t");
    Heartbeat heartbeat = heartbeat(Map.of("v2", address()));

    heartbeat.run();

    assertEquals(
        List.of("SELECT pg_is_in_recovery()"),
        postgres.asked().stream().map(StandInPostgres.Asked::sql).toList());
    assertEquals(0, heartbeat.takeBeats());
    assertEquals(1, heartbeat.takeFollows());
    assertEquals(0, heartbeat.takeFollows(), "those since the last question");
    assertEquals(1, said("another Region writes"));
  }

  @Test
  void database_that_does_not_answer_is_told_and_keeps_no_other_from_beating() throws Exception {
    StandInPostgres gone = StandInPostgres.start(certificate.context());
    gone.close();
    Heartbeat heartbeat =
        heartbeat(
            Map.of("v1", new DatabaseAddress("localhost", gone.port(), "p"), "v2", address()));

    heartbeat.run();

    assertEquals(1, heartbeat.takeBeats(), log::toString);
    assertEquals(0, heartbeat.takeFollows(), "nobody knows");
    assertEquals(1, said("does not beat: Connection to localhost:" + gone.port()));
  }

  @Test
  void user_signs_in_with_the_password_of_the_address_at_a_server_that_is_verified()
      throws SQLException {
    replica().look("v2");

    String signIn = postgres.signIns().get(0);
    assertTrue(signIn.contains("user payments_heartbeat database paymentsdb"), signIn);
    assertTrue(signIn.contains("statement_timeout=30s"), signIn);
    assertTrue(signIn.endsWith("password secret of localhost"), signIn);
  }

  @Test
  void database_that_is_silent_is_given_up_before_the_look_is() {
    DatabaseSignIn access = new DatabaseSignIn("u", address -> "p", new DatabaseRoots(""));

    assertTrue(Duration.ofSeconds(access.limitSeconds()).compareTo(AwsProbes.LIMIT) < 0);
  }

  @Test
  void server_is_told_who_asks() throws SQLException {
    replica().look("v2");

    assertTrue(
        postgres.settings().contains("SET application_name = 'payments-dr-failover'"),
        () -> postgres.settings().toString());
  }

  @Test
  void server_with_the_certificate_of_another_name_is_told_no_password(@TempDir Path folder)
      throws Exception {
    TestCertificate other = TestCertificate.make(folder, "other.example.test");
    try (StandInPostgres impostor = StandInPostgres.start(other.context())) {
      DatabaseSignIn access = signIn(DatabaseRoots.of("us-east-1").and(other.pem()));
      DatabaseAddress address = new DatabaseAddress("localhost", impostor.port(), "paymentsdb");

      assertThrows(SQLException.class, () -> access.connect(address));

      assertEquals(List.of(), impostor.signIns());
    }
  }

  @Test
  void answer_that_does_not_come_is_given_up_in_time() {
    postgres.silentAbout("SELECT max(beat_at)");
    Replica hurried =
        new Replica(
            new DatabaseSignIn(
                "payments_heartbeat",
                address -> "secret",
                DatabaseRoots.of("us-east-1").and(certificate.pem()),
                1),
            "us-east-2",
            Map.of("v2", address()),
            InstantSource.fixed(NOW));

    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThrows(SQLException.class, () -> hurried.look("v2")));
  }

  @Test
  void connection_that_is_not_made_is_given_up_in_time() throws Exception {
    try (UnreachableServer lost = UnreachableServer.start()) {
      DatabaseSignIn access =
          new DatabaseSignIn("u", address -> "p", DatabaseRoots.of("us-east-1"), 1);
      Instant start = Instant.now();

      assertThrows(
          SQLException.class,
          () -> access.connect(new DatabaseAddress("127.0.0.1", lost.port(), "p")));

      Duration waited = Duration.between(start, Instant.now());
      assertTrue(waited.compareTo(Duration.ofSeconds(8)) < 0, waited::toString);
    }
  }

  @Test
  void data_in_what_the_server_says_of_an_error_is_not_logged() {
    postgres.refuses("INSERT", "duplicate key", "Key (iban)=(DE00) already exists.");

    heartbeat(Map.of("v2", address())).run();

    assertEquals(1, said("duplicate key"));
    assertEquals(0, said("DE00"));
  }

  @Test
  void server_of_another_authority_is_told_no_password() {
    Replica strict = replica(DatabaseRoots.of("us-east-1"));

    SQLException refused = assertThrows(SQLException.class, () -> strict.look("v2"));

    assertTrue(refused.getMessage().contains("certification path"), refused::getMessage);
    assertEquals(List.of(), postgres.signIns());
  }

  private Replica replica() {
    return replica(DatabaseRoots.of("us-east-1").and(certificate.pem()));
  }

  private Replica replica(DatabaseRoots roots) {
    return new Replica(
        signIn(roots), "us-east-2", Map.of("v2", address()), InstantSource.fixed(NOW));
  }

  /** A row of Aurora's status, as it is asked for. */
  private static StandInPostgres.Column[] status(
      String region, String lag, String commitLag, String age) {
    StandInPostgres.Type number = StandInPostgres.Type.INT8;
    return new StandInPostgres.Column[] {
      new StandInPostgres.Column("aws_region", StandInPostgres.Type.TEXT, region),
      new StandInPostgres.Column("position", number, "7"),
      new StandInPostgres.Column("lag", number, lag),
      new StandInPostgres.Column("commit_lag", number, commitLag),
      new StandInPostgres.Column("lag_age", number, age)
    };
  }

  private Heartbeat heartbeat(Map<String, DatabaseAddress> writers) {
    return new Heartbeat(
        signIn(DatabaseRoots.of("us-east-1").and(certificate.pem())),
        writers,
        "us-east-1",
        InstantSource.fixed(NOW),
        new JsonLog(new PrintStream(log, true, StandardCharsets.UTF_8), InstantSource.fixed(NOW)));
  }

  private static DatabaseSignIn signIn(DatabaseRoots roots) {
    return new DatabaseSignIn(
        "payments_heartbeat", address -> "secret of " + address.host(), roots, PATIENT_SECONDS);
  }

  private DatabaseAddress address() {
    return new DatabaseAddress("localhost", postgres.port(), "paymentsdb");
  }

  private long said(String text) {
    return log.toString(StandardCharsets.UTF_8).lines().filter(it -> it.contains(text)).count();
  }
}
