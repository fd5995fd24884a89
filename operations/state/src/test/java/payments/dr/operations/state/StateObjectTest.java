package payments.dr.operations.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.state.StateBackend;
import payments.dr.operations.aws.StandInAws;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.terraform.Tools;

/** Whether a state is locked, by the AWS CLI's words for what S3 answers. */
class StateObjectTest {

  @TempDir Path root;

  private final StandInAws aws = StandInAws.start();

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void lock_that_is_there() throws IOException {
    assertTrue(lockedAt(200));
  }

  @Test
  void lock_that_is_not_there() throws IOException {
    assertFalse(lockedAt(404));
  }

  @Test
  void lock_that_may_not_be_seen_is_not_taken_for_none() {
    String message = assertThrows(CommandFailedException.class, () -> lockedAt(403)).getMessage();

    assertEquals(
        "aws s3api head-object failed: An error occurred (403) when calling the HeadObject"
            + " operation: Forbidden",
        message);
  }

  private boolean lockedAt(int status) throws IOException {
    aws.on(
        "us-east-2/s3",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    Path script = root.resolve("scripts/with-aws");
    Files.createDirectories(script.getParent());
    Files.writeString(
        script,
        """
        #!/bin/sh
        shift
        export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_MAX_ATTEMPTS=1
        unset AWS_PROFILE AWS_SESSION_TOKEN
        aws=$1
        shift
        exec "$aws" --endpoint-url %s "$@"
        """
            .formatted(aws.endpoint()));
    assertTrue(script.toFile().setExecutable(true));
    StateBackend.S3 location = new StateBackend.S3("acme-state", "us-east-2", "prod.tfstate");
    Stack stack = new Stack("payments-dr-prod", "prod", location);
    return new StateObject(new StackTools(stack, new Tools(root, "prod"), root), location).locked();
  }
}
