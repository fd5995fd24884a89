package payments.dr.operations.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import payments.dr.operations.BadInputException;
import payments.dr.operations.CommandFailedException;

/**
 * The pointer as Terraform moves it: by the plan that {@code scripts/ci/plan} left and a person has
 * reviewed, which may change the pointer's parameters and nothing else.
 */
final class SavedPlan implements Pointer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PARAMETER = "aws_ssm_parameter";

  private final Path root;
  private final String environment;
  private final String aws;

  /**
   * @param aws the environment to reach its AWS by, as {@code scripts/with-aws} knows it
   */
  SavedPlan(Path root, String environment, String aws) {
    this.root = root;
    this.environment = environment;
    this.aws = aws;
  }

  @Override
  public void requireReady(String generation) {
    if (!Files.isRegularFile(plan())) {
      throw new BadInputException(
          ("a plan that points to %s must be in %s: set databases.active in %s.yaml, then `make synth"
                  + " && scripts/ci/plan %s`")
              .formatted(generation, plan(), environment, environment));
    }
    requirePointerOnly(read("show", "-json", plan().toString()), generation);
  }

  /** Applied by the pipeline's own script, which refuses a plan of another commit or state. */
  @Override
  public void pointTo(String generation) {
    if (pointsTo(generation)) {
      return;
    }
    try {
      int status =
          new ProcessBuilder(root.resolve("scripts/ci/apply").toString(), environment)
              .directory(root.toFile())
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0 && !pointsTo(generation)) {
        throw new CommandFailedException(
            "the plan in %s must be applied, scripts/ci/apply ended with status %d; plan again and run this again"
                .formatted(plan().getParent(), status));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted while the plan was applied");
    }
  }

  /** SHA-256 in hex, or {@code none} without a plan. */
  String hash() {
    try {
      return Files.isRegularFile(plan())
          ? HexFormat.of()
              .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(plan())))
          : "none";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static void requirePointerOnly(JsonNode plan, String generation) {
    int moved = 0;
    for (JsonNode resource : plan.path("resource_changes")) {
      String actions = resource.path("change").path("actions").toString();
      if (actions.equals("[\"no-op\"]") || actions.equals("[\"read\"]")) {
        continue;
      }
      String value = resource.path("change").path("after").path("insecure_value").asText();
      boolean pointer =
          resource.path("type").asText().equals(PARAMETER)
              && actions.equals("[\"update\"]")
              && pointedTo(value).equals(generation);
      if (!pointer) {
        throw new BadInputException(
            "plan must change nothing but pointers to %s, got %s of %s"
                .formatted(generation, actions, resource.path("address").asText()));
      }
      moved++;
    }
    if (moved != 2) {
      throw new BadInputException(
          "plan must change the pointer of both Regions, got %d changes".formatted(moved));
    }
  }

  private static String pointedTo(String value) {
    try {
      return JSON.readTree(value).path("generation").asText();
    } catch (IOException e) {
      return "";
    }
  }

  private boolean pointsTo(String generation) {
    return read("output", "-json").path("activeDatabase").path("value").asText().equals(generation);
  }

  private JsonNode read(String... words) {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(root.resolve("scripts/with-aws").toString(), aws, "terraform"));
    command.addAll(List.of(words));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(stack().toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new CommandFailedException(
            "terraform %s of %s ended with status %d".formatted(words[0], environment, status));
      }
      return JSON.readTree(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted while terraform ran");
    }
  }

  private Path plan() {
    return root.resolve("target/plans").resolve(environment).resolve("plan.bin");
  }

  private Path stack() {
    return root.resolve("cdktf.out/stacks/payments-dr-" + environment);
  }
}
