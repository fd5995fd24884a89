package payments.dr.lambda.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LooksTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void interruption_ends_the_wait_and_is_not_forgotten() {
    CountDownLatch never = new CountDownLatch(1);
    Looks.Look<String> look =
        looks(Duration.ofSeconds(30))
            .at(
                "thing",
                "unseen",
                () -> {
                  never.await();
                  return "seen";
                });
    Thread.currentThread().interrupt();

    assertEquals("unseen", look.result());

    assertTrue(Thread.interrupted());
    assertEquals("", log.toString(StandardCharsets.UTF_8));
  }

  private Looks looks(Duration limit) {
    return new Looks(
        threads,
        limit,
        new JsonLog(new PrintStream(log, true, StandardCharsets.UTF_8), InstantSource.system()));
  }
}
