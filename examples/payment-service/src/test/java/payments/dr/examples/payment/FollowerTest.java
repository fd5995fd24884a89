package payments.dr.examples.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowerTest {

  private final TestGuide guide = new TestGuide();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final Follower follower =
      new Follower(
          guide,
          pointer -> DatabasePool.open(pointer.generation(), BrokenConnections.refused()),
          new JsonLog(new PrintStream(log, true, StandardCharsets.UTF_8), Clock.systemUTC()));

  @AfterEach
  void close() {
    follower.close();
  }

  @Test
  void nothing_is_written_before_the_region_said_where() {
    guide.answers = false;
    follower.look();

    assertNull(follower.database());
    assertTrue(follower.writesAreOff());
    assertTrue(log.toString(StandardCharsets.UTF_8).contains("\"event\":\"trouble\""));
  }

  @Test
  void the_same_pointer_keeps_its_connections() {
    follower.look();
    DatabasePool first = follower.database();
    follower.look();

    assertSame(first, follower.database());
  }

  @Test
  void another_pointer_closes_what_is_open() {
    follower.look();
    DatabasePool first = follower.database();
    guide.generation = "v2";
    follower.look();

    assertEquals("v2", follower.database().generation());
    SQLException closed = assertThrows(SQLException.class, () -> first.transact(it -> null));
    assertTrue(closed.getMessage().contains("closed"), closed.getMessage());
  }

  @Test
  void the_last_answer_holds_while_there_is_no_other() {
    follower.look();
    assertFalse(follower.writesAreOff());

    guide.writesAreOff = true;
    follower.look();
    assertTrue(follower.writesAreOff());

    guide.answers = false;
    follower.look();
    assertTrue(follower.writesAreOff());
    assertEquals("v1", follower.database().generation());

    guide.answers = true;
    guide.writesAreOff = false;
    follower.look();
    assertFalse(follower.writesAreOff());
  }
}
