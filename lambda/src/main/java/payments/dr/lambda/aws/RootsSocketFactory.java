package payments.dr.lambda.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.postgresql.ssl.WrappedFactory;

/**
 * Makes connections that trust certain roots and nothing else. PostgreSQL's driver makes it by its
 * name and an argument, and compares names with the certificate itself.
 */
public final class RootsSocketFactory extends WrappedFactory {

  /**
   * Trusts what leads to one of some certificates.
   *
   * @param pem one certificate or more
   * @throws GeneralSecurityException when it is none
   */
  public RootsSocketFactory(String pem) throws GeneralSecurityException, IOException {
    KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
    roots.load(null, null);
    byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
    for (Certificate root :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(bytes))) {
      roots.setCertificateEntry("root-" + roots.size(), root);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(roots);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    factory = context.getSocketFactory();
  }
}
