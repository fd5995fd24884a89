package payments.dr.operations.review.server;

import java.net.URI;
import java.util.Objects;

/**
 * Who is called, and nobody else: a request names the addresses, and a redirect another one.
 *
 * @param api gets the run's token, such as {@code https://app.terraform.io}
 * @param downloads where plans are redirected to, without the token, such as {@code
 *     https://archivist.terraform.io}
 */
record HcpHosts(URI api, URI downloads) {

  boolean isApi(URI uri) {
    return same(api, uri);
  }

  boolean isDownload(URI uri) {
    return same(downloads, uri) || same(api, uri);
  }

  private static boolean same(URI known, URI uri) {
    return known.getScheme().equalsIgnoreCase(uri.getScheme())
        && known.getHost().equalsIgnoreCase(uri.getHost())
        && known.getPort() == uri.getPort()
        && Objects.isNull(uri.getUserInfo());
  }
}
