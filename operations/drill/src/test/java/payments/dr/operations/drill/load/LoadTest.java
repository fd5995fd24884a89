package payments.dr.operations.drill.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTest {

  @TempDir Path folder;

  @Test
  void a_payment_is_repeated_with_its_key_until_it_is_acknowledged() throws Exception {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    PaymentClient fussy =
        key ->
            seen.add(key)
                ? PaymentClient.Answer.refused("503")
                : PaymentClient.Answer.acknowledged("us-east-2", "id of " + key);
    Path file = folder.resolve("payments.ndjson");
    List<AcknowledgedPayment> payments;
    try (PaymentJournal journal = new PaymentJournal(file)) {
      Load load = new Load(fussy, journal, InstantSource.system());
      load.start(50);
      Thread.sleep(500);
      load.close();
      payments = load.tally().acknowledged();
    }

    assertTrue(payments.size() > 5, payments::toString);
    assertTrue(payments.stream().allMatch(payment -> payment.tries() == 2));
    Set<String> keys = new HashSet<>();
    payments.forEach(payment -> keys.add(payment.key()));
    assertEquals(payments.size(), keys.size());
    assertEquals(seen, keys, "nobody gives up before the end");
    assertEquals(2 * payments.size(), lines(file));
  }

  /** Each has a thread of its own, and an outage that nobody ends would take all that there are. */
  @Test
  void no_more_customers_wait_than_there_is_room_for() throws Exception {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    Load load =
        new Load(
            key -> {
              seen.add(key);
              return PaymentClient.Answer.refused("503");
            },
            new PaymentJournal(Writer.nullWriter()),
            InstantSource.system());

    load.start(100, 5);
    Thread.sleep(500);

    assertEquals(5, seen.size());
  }

  private static int lines(Path file) throws IOException {
    return Files.readAllLines(file).size();
  }
}
