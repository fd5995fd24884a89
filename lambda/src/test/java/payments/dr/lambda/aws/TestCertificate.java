package payments.dr.lambda.aws;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of the tests' own, which signs itself.
 *
 * @param context for a server that shows it and a client that trusts it
 * @param pem file with the certificate alone
 */
public record TestCertificate(SSLContext context, Path pem) {

  private static final String PASSWORD = "of-the-tests";

  private static TestCertificate shared;

  /** Returns that of {@code localhost}, which is made once: keytool starts a JVM. */
  public static synchronized TestCertificate ofLocalhost() throws Exception {
    if (shared == null) {
      Path folder = Files.createTempDirectory("certificate");
      folder.toFile().deleteOnExit();
      shared = make(folder, "localhost");
      for (String file : List.of("store.p12", "server.pem")) {
        folder.resolve(file).toFile().deleteOnExit();
      }
    }
    return shared;
  }

  /** Makes one by the JDK's keytool. */
  static TestCertificate make(Path folder, String name) throws Exception {
    Path file = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "server",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException("keytool must make a certificate, got: " + said);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD.toCharArray());
    KeyStore roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    roots.setCertificateEntry("root", store.getCertificate("server"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(roots);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    byte[] encoded = store.getCertificate("server").getEncoded();
    String text =
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(encoded));
    return new TestCertificate(context, Files.writeString(folder.resolve("server.pem"), text));
  }
}
