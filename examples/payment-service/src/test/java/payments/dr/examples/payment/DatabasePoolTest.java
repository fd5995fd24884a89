package payments.dr.examples.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DatabasePoolTest {

  @Test
  void a_database_that_refuses_is_given_up_in_time() {
    try (DatabasePool database = DatabasePool.open("v1", BrokenConnections.refused())) {
      assertTimeout(
          Duration.ofSeconds(3),
          () -> assertThrows(SQLException.class, () -> database.transact(it -> null)));
    }
  }

  @Test
  void few_requests_wait_for_a_database_that_does_not_answer() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(50);
    try (DatabasePool database = DatabasePool.open("v1", BrokenConnections.unanswered(end))) {
      Callable<String> request =
          () -> assertThrows(SQLException.class, () -> database.transact(it -> null)).getMessage();
      List<Future<String>> messages = threads.invokeAll(Collections.nCopies(50, request));

      int refused = 0;
      for (Future<String> message : messages) {
        refused += message.get().startsWith("at most 20 requests") ? 1 : 0;
      }
      assertTrue(refused >= 10, "refused at once: " + refused);
      assertEquals(
          -1,
          assertThrows(SQLException.class, () -> database.transact(it -> null))
              .getMessage()
              .indexOf("at most"));
    } finally {
      end.countDown();
      threads.shutdownNow();
    }
  }
}
