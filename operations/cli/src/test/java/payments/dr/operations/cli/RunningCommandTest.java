package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class RunningCommandTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @RepeatedTest(10)
  void what_is_killed_does_not_see_the_end_of_its_input(@TempDir Path folder)
      throws IOException, InterruptedException {
    RunningCommand command =
        RunningCommand.start(
            folder, Map.of(), "sh -c 'echo reading; read line; echo > ended' && true");
    command.waitFor("reading", LIMIT);

    command.kill();

    assertFalse(Files.exists(folder.resolve("ended")));
  }
}
