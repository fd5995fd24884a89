package payments.dr.lambda.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.Site;

class ZoneRecordsTest {

  private static final String EXTERNAL = "ext.payments.example.com";
  private static final String SERVICE = "pay.payments.example.com";

  private TestNameServer first;
  private TestNameServer second;

  @BeforeEach
  void start() throws IOException {
    first = TestNameServer.start();
    second = TestNameServer.start("127.0.0.2", first.port());
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  @ParameterizedTest
  @CsvSource({"up,UP", "down,DOWN", "maybe,UNKNOWN"})
  void external_is_what_the_text_says(String text, Health vote) throws IOException {
    first.text(EXTERNAL, text);
    second.silent();

    assertEquals(vote, zone().external());
  }

  @Test
  void external_without_a_record_is_unknown() throws IOException {
    assertEquals(Health.UNKNOWN, zone().external());
  }

  @ParameterizedTest
  @CsvSource({
    "primary.example.com,PRIMARY",
    "PRIMARY.Example.Com,PRIMARY",
    "dr.example.com,DR",
    "other.example.com,UNKNOWN"
  })
  void customers_are_sent_where_the_alias_points(String target, Site site) throws IOException {
    first.alias(SERVICE, target);
    second.alias(SERVICE, target);

    assertEquals(site, zone().answers());
  }

  @Test
  void service_without_a_record_is_unknown() throws IOException {
    assertEquals(Site.UNKNOWN, zone().answers());
  }

  @Test
  void one_server_that_answers_is_enough() throws IOException {
    first.failing(Rcode.REFUSED);
    second.text(EXTERNAL, "down");

    assertEquals(Health.DOWN, zone().external());
  }

  @Test
  void servers_that_all_fail_are_no_verdict() {
    first.failing(Rcode.SERVFAIL);
    second.failing(Rcode.REFUSED);

    String message = assertThrows(IOException.class, () -> zone().external()).getMessage();

    assertTrue(message.startsWith("no name server answered: "), message);
  }

  @Test
  void silence_is_given_up_in_time() {
    first.silent();
    second.silent();
    Instant start = Instant.now();

    assertThrows(IOException.class, () -> zone().external());

    Duration waited = Duration.between(start, Instant.now());
    assertTrue(waited.compareTo(Duration.ofSeconds(4)) < 0, waited.toString());
  }

  @Test
  void what_was_not_asked_for_does_not_count() throws IOException {
    for (TestNameServer server : List.of(first, second)) {
      server.text(EXTERNAL, "up").beside("other.payments.example.com", "down");
    }

    assertEquals(Health.UP, zone().external());
  }

  @Test
  void interruption_ends_the_wait_and_is_not_forgotten() {
    first.silent();
    second.silent();
    Thread.currentThread().interrupt();

    assertThrows(IOException.class, () -> zone().external());

    assertTrue(Thread.interrupted());
  }

  @Test
  void a_server_without_an_address_does_not_hide_the_others() throws IOException {
    first.text(EXTERNAL, "up");

    ZoneRecords zone = zone(List.of("nowhere.invalid", "127.0.0.1"));

    assertEquals(Health.UP, zone.external());
  }

  private ZoneRecords zone() {
    return zone(List.of("127.0.0.1", "127.0.0.2"));
  }

  private ZoneRecords zone(List<String> servers) {
    return new ZoneRecords(
        new NameServers(servers.stream().map(server -> server + ":" + first.port()).toList()),
        EXTERNAL,
        SERVICE,
        "primary.example.com",
        "dr.example.com");
  }
}
