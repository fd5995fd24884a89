package payments.dr.operations.postgres.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A certificate authority of the tests' own.
 *
 * @param folder of its key and its certificate, readable for servers: a subscriber verifies too
 */
record CertificateAuthority(Path folder) {

  static CertificateAuthority in(Path folder) throws IOException {
    Files.createDirectories(folder);
    CertificateAuthority authority = new CertificateAuthority(folder);
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=payments-dr-tests -keyout %s -out %s",
        folder.resolve("root.key"), authority.certificate());
    return authority;
  }

  Path certificate() {
    return folder.resolve("root.crt");
  }

  /** Writes {@code server.key} and {@code server.crt} for {@code localhost} into a folder. */
  void issueTo(Path target) throws IOException {
    Path request = target.resolve("server.csr");
    Path extensions = target.resolve("server.ext");
    Files.writeString(extensions, "subjectAltName=DNS:localhost\n");
    openssl(
        "req -new -newkey rsa:2048 -nodes -subj /CN=localhost -keyout %s -out %s",
        target.resolve("server.key"), request);
    openssl(
        "x509 -req -days 2 -CAcreateserial -in %s -CA %s -CAkey %s -extfile %s -out %s",
        request,
        certificate(),
        folder.resolve("root.key"),
        extensions,
        target.resolve("server.crt"));
  }

  private static void openssl(String arguments, Object... files) {
    Run.asMyself(("openssl " + arguments.formatted(files)).split(" "));
  }
}
