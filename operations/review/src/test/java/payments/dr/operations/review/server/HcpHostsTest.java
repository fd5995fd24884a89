package payments.dr.operations.review.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HcpHostsTest {

  private final HcpHosts hosts =
      new HcpHosts(
          URI.create("https://app.terraform.io"), URI.create("https://archivist.terraform.io"));

  @ParameterizedTest
  @CsvSource({
    "https://app.terraform.io/api/v2/plans/plan-1/json-output, true, true",
    "HTTPS://APP.terraform.io/x, true, true",
    "https://archivist.terraform.io/v1/object/x, false, true",
    "http://app.terraform.io/x, false, false",
    "http://archivist.terraform.io/x, false, false",
    "https://app.terraform.io:8443/x, false, false",
    "https://app.terraform.io.evil.example/x, false, false",
    "https://evil-app.terraform.io/x, false, false",
    "https://someone@app.terraform.io/x, false, false",
    "https://app.terraform.io@evil.example/x, false, false",
    "//app.terraform.io/x, false, false",
    "/x, false, false",
    "'', false, false",
    "mailto:app.terraform.io, false, false"
  })
  void host_is_known_by_scheme_name_and_port(String uri, boolean api, boolean download) {
    assertEquals(api, hosts.isApi(URI.create(uri)));
    assertEquals(download, hosts.isDownload(URI.create(uri)));
  }
}
