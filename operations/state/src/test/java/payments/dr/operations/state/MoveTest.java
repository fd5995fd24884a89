package payments.dr.operations.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.Configuration;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.terraform.Tools;
import payments.dr.testing.ProjectCopy;

/** What a move refuses before it runs Terraform; real ones are in StateIT. */
class MoveTest {

  private static final String CLOUD =
      "{\"organization\": \"acme\", \"workspaces\": {\"name\": \"payments-dr-prod\"}}";
  private static final String S3 = "{\"bucket\": \"acme-state-prod\"}";

  @TempDir Path folder;

  @Test
  void state_leaves_a_workspace_by_hand() throws IOException {
    String said = refusal("cloud", CLOUD, "{\"backend\": {\"s3\": " + S3 + "}}");

    assertTrue(
        said.startsWith(
            "state must be moved out of a workspace by `terraform state pull` and `terraform state"
                + " push`"),
        said);
  }

  @Test
  void state_enters_a_workspace_by_terraforms_own_question() throws IOException {
    String said = refusal("s3", S3, "{\"cloud\": " + CLOUD + "}");

    assertTrue(said.startsWith("state must be moved into a workspace by `terraform -chdir="), said);
  }

  @Test
  void place_that_nobody_remembers_is_told_with_the_way_back() throws IOException {
    Files.writeString(
        folder.resolve("cdk.tf.json"), "{\"terraform\": {\"backend\": {\"s3\": " + S3 + "}}}");

    String said = assertThrows(BadInputException.class, this::move).getMessage();

    assertEquals(
        "this checkout must have used the state of payments-dr-prod", said.split(" before")[0]);
  }

  private String refusal(String type, String used, String configured) throws IOException {
    Files.writeString(folder.resolve("cdk.tf.json"), "{\"terraform\": " + configured + "}");
    Files.createDirectories(folder.resolve(".terraform"));
    Files.writeString(
        folder.resolve(".terraform/terraform.tfstate"),
        "{\"backend\": {\"type\": \"%s\", \"config\": %s}}".formatted(type, used));
    return assertThrows(BadInputException.class, this::move).getMessage();
  }

  private Move move() {
    Configuration configuration = Configuration.read(ProjectCopy.PROJECT, Optional.empty());
    Stack stack = Stack.named("payments-dr-prod", configuration);
    return new Move(new StackTools(stack, new Tools(ProjectCopy.PROJECT, stack.aws()), folder));
  }
}
