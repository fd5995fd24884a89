package payments.dr.operations.terraform;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import payments.dr.operations.console.CommandFailedException;

/** Terraform in one folder. */
public record Terraform(Tools tools, Path folder) {

  /** Runs Terraform for its answer. */
  public Tools.Output ask(String... words) {
    return tools.ask(folder, command(words));
  }

  /** Runs Terraform for its effect; the user sees what it says, and answers what it asks. */
  public void run(String... words) {
    require(tools.show(folder, false, command(words)), words);
  }

  /** Runs it while resources change; returns whether it succeeded. */
  public boolean apply(String... words) {
    return tools.show(folder, true, command(words)) == 0;
  }

  /** Resources in the state that this folder is initialised for, and its outputs. */
  public JsonNode state() {
    Tools.Output pulled = ask("state", "pull");
    if (!pulled.succeeded()) {
      throw new CommandFailedException("terraform state pull failed: " + pulled.err().strip());
    }
    try {
      return JSON.readTree(pulled.out());
    } catch (JsonProcessingException e) {
      throw new CommandFailedException(
          "terraform state pull must print JSON, got " + pulled.out().strip());
    }
  }

  public static void require(int status, String... words) {
    if (status != 0) {
      throw new CommandFailedException(
          "terraform " + String.join(" ", words) + " ended with status " + status);
    }
  }

  private static List<String> command(String... words) {
    List<String> command = new ArrayList<>(List.of("terraform"));
    command.addAll(List.of(words));
    return command;
  }
}
