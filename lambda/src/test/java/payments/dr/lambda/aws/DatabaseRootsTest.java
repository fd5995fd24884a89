package payments.dr.lambda.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.region.RegionSettings;
import software.amazon.awssdk.regions.Region;

/** What the function trusts when it signs in to a database. */
class DatabaseRootsTest {

  private static final Predicate<String> ACCEPTED =
      Pattern.compile(RegionSettings.WITH_ROOTS_PATTERN).asMatchPredicate();

  private static final String LOCAL = "localhost";

  @TempDir Path folder;

  @Test
  void every_region_that_the_settings_accept_has_its_roots_and_no_other_region_has() {
    Set<String> accepted = names().filter(ACCEPTED).collect(Collectors.toCollection(TreeSet::new));
    Set<String> held =
        names().filter(DatabaseRootsTest::isHeld).collect(Collectors.toCollection(TreeSet::new));

    assertTrue(accepted.containsAll(Set.of("us-east-1", "us-west-2", "eu-central-1")));
    assertEquals(accepted, held);
  }

  @Test
  void each_region_is_verified_by_its_own_roots_one_for_each_kind_of_key() {
    for (String region : accepted()) {
      assertEquals(
          Set.of(
              "CN=Amazon RDS " + region + " Root CA RSA2048 G1",
              "CN=Amazon RDS " + region + " Root CA RSA4096 G1",
              "CN=Amazon RDS " + region + " Root CA ECC384 G1"),
          roots(region).stream()
              .map(root -> root.getSubjectX500Principal().getName())
              .flatMap(name -> Stream.of(name.split(",")))
              .filter(part -> part.startsWith("CN="))
              .collect(Collectors.toSet()),
          region);
    }
  }

  /** A year is enough to raise the package, deploy, and let Amazon RDS rotate. */
  @Test
  void no_root_expires_within_a_year() {
    assertEquals(List.of(), expiredBy(Instant.now().plus(Duration.ofDays(365))));
  }

  @Test
  void a_root_that_expires_is_found() {
    List<String> found = expiredBy(Instant.parse("2061-06-01T00:00:00Z"));

    assertTrue(found.contains("us-east-1 2061-05-25T23:34:57Z"), found.toString());
  }

  @Test
  void a_region_without_roots_is_told() {
    assertEquals(
        "Region of the databases must be one whose roots of Amazon RDS stand in the jar, such as"
            + " us-east-1, got \"il-central-1\"",
        assertThrows(IllegalArgumentException.class, () -> DatabaseRoots.of("il-central-1"))
            .getMessage());
  }

  @Test
  void a_server_whose_root_is_not_among_them_is_refused() throws Exception {
    TestCertificate foreign = TestCertificate.make(folder, LOCAL);

    SSLHandshakeException refused =
        assertThrows(
            SSLHandshakeException.class, () -> handshake(foreign, DatabaseRoots.of("us-east-1")));

    assertTrue(
        refused.getMessage().contains("unable to find valid certification path"),
        refused.getMessage());
  }

  @Test
  void a_server_of_an_additional_root_is_accepted() throws Exception {
    TestCertificate local = TestCertificate.make(folder, LOCAL);

    handshake(local, DatabaseRoots.of("us-east-1").and(local.pem()));
  }

  @Test
  void an_additional_root_is_the_only_one_that_comes_along() throws Exception {
    TestCertificate local = TestCertificate.make(folder, LOCAL);
    TestCertificate foreign =
        TestCertificate.make(Files.createDirectory(folder.resolve("foreign")), LOCAL);
    DatabaseRoots roots = DatabaseRoots.of("us-east-1").and(local.pem());

    assertThrows(SSLHandshakeException.class, () -> handshake(foreign, roots));
  }

  @Test
  void a_file_of_additional_roots_must_exist() {
    DatabaseRoots roots = DatabaseRoots.of("us-east-1");

    assertThrows(UncheckedIOException.class, () -> roots.and(folder.resolve("none.pem")));
  }

  /** Ends without an exception when the client trusts the server. */
  private static void handshake(TestCertificate server, DatabaseRoots roots) throws Exception {
    try (SSLServerSocket listening =
        (SSLServerSocket) server.context().getServerSocketFactory().createServerSocket(0)) {
      // Only the client's side is judged: the server hears of a refusal as an alert, or not at all.
      CompletableFuture<Boolean> served = CompletableFuture.supplyAsync(() -> answers(listening));
      SSLSocketFactory sockets = new RootsSocketFactory(roots.pem());
      try (SSLSocket socket = (SSLSocket) sockets.createSocket(LOCAL, listening.getLocalPort())) {
        socket.setSoTimeout(30_000);
        socket.startHandshake();
      }
      assertTrue(served.get(30, TimeUnit.SECONDS));
    }
  }

  private static boolean answers(SSLServerSocket listening) {
    try (SSLSocket socket = (SSLSocket) listening.accept()) {
      socket.startHandshake();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isHeld(String region) {
    return DatabaseRoots.class.getResource("roots/" + region + ".pem") != null;
  }

  private static List<String> expiredBy(Instant instant) {
    return accepted().stream()
        .flatMap(
            region ->
                roots(region).stream()
                    .map(root -> root.getNotAfter().toInstant())
                    .filter(end -> end.isBefore(instant))
                    .map(end -> region + " " + end))
        .toList();
  }

  private static List<String> accepted() {
    return names().filter(ACCEPTED).toList();
  }

  /** All that the AWS SDK knows, of every partition. */
  private static Stream<String> names() {
    return Region.regions().stream().map(Region::id);
  }

  private static List<X509Certificate> roots(String region) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(
              new ByteArrayInputStream(
                  DatabaseRoots.of(region).pem().getBytes(StandardCharsets.US_ASCII)))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }
}
