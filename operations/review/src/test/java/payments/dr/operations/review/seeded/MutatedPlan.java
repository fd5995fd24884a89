package payments.dr.operations.review.seeded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import payments.dr.operations.commandline.SomeCommands;
import payments.dr.operations.review.ReviewCommand;
import payments.dr.testing.Shell;

/** A plan that Terraform makes of a deployed stack in which some things were changed. */
final class MutatedPlan {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path checkout;
  private final Path folder;
  private final Shell shell;
  private final Map<SeededChange, String> addresses = new HashMap<>();
  private final JsonNode plan;

  /**
   * @param checkout where the stack is deployed, with its state on disk
   * @param shell runs commands there, and reaches its AWS
   */
  MutatedPlan(Path checkout, Shell shell, String stack, String name, List<SeededChange> changes)
      throws IOException {
    this(
        checkout,
        shell,
        stack,
        name,
        changes,
        (ObjectNode) JSON.readTree(checkout.resolve(".local-aws/" + stack + ".tfstate").toFile()));
  }

  /** Of a stack of which nothing is deployed. */
  static MutatedPlan ofFirstDeployment(Path checkout, Shell shell, String stack)
      throws IOException {
    ObjectNode empty =
        (ObjectNode) JSON.readTree(checkout.resolve(".local-aws/" + stack + ".tfstate").toFile());
    empty.putArray("resources");
    empty.putObject("outputs");
    return new MutatedPlan(checkout, shell, stack, "first", List.of(), empty);
  }

  private MutatedPlan(
      Path checkout,
      Shell shell,
      String stack,
      String name,
      List<SeededChange> changes,
      ObjectNode state)
      throws IOException {
    this.checkout = checkout;
    this.shell = shell;
    folder = checkout.resolve("cdktf.out/stacks").resolve(name);
    String text = Files.readString(checkout.resolve("cdktf.out/stacks/" + stack + "/cdk.tf.json"));
    ObjectNode configuration = (ObjectNode) JSON.readTree(text);
    configuration.withObject("/terraform/backend/local").put("path", "terraform.tfstate");
    for (SeededChange change : changes) {
      apply(change, configuration, state);
    }
    String written = JSON.writeValueAsString(configuration);
    for (SeededChange change : changes) {
      if (change.edit() instanceof SeededChange.Renamed) {
        String resource = address(change).substring(change.type().length() + 1);
        written = written.replace(resource, resource.replaceFirst("[0-9A-F]{8}$", "00000000"));
      }
    }
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("cdk.tf.json"), written);
    Files.writeString(folder.resolve("terraform.tfstate"), JSON.writeValueAsString(state));
    plan = plan();
  }

  /** Address of the resource that a change touches. */
  String address(SeededChange change) {
    return addresses.get(change);
  }

  /** What a review says about the whole plan. */
  JsonNode review() throws IOException {
    return review(plan);
  }

  /** What a review says about the plan when it holds nothing but one change. */
  JsonNode reviewOf(SeededChange change) throws IOException {
    ObjectNode cut = plan.deepCopy();
    ArrayNode kept = JSON.createArrayNode();
    for (JsonNode node : plan.path("resource_changes")) {
      if (node.path("address").asText().equals(address(change))) {
        kept.add(node);
      }
    }
    cut.set("resource_changes", kept);
    cut.remove("resource_drift");
    cut.remove("output_changes");
    return review(cut);
  }

  private JsonNode review(JsonNode reviewed) throws IOException {
    Path file = folder.resolve("review.json");
    JSON.writeValue(file.toFile(), reviewed);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    System.setProperty("payments.dr.root", checkout.toString());
    // In this process: starting the launcher for each of some hundred reviews takes minutes.
    int status =
        SomeCommands.of(ReviewCommand.class)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute("review", "--format", "json", "--stack", folder.toString(), file.toString());
    if (out.toString().isEmpty()) {
      throw new AssertionError(err.toString());
    }
    JsonNode report = JSON.readTree(out.toString());
    assertEquals(report.path("exitCode").asInt(-1), status, err.toString());
    return report;
  }

  private JsonNode plan() throws IOException {
    String terraform = "scripts/with-aws local terraform -chdir=" + folder;
    shell.sh(LIMIT, terraform + " init -input=false -no-color").expect(0);
    shell
        .sh(
            LIMIT,
            terraform + " plan -refresh=false -lock=false -input=false -no-color -out=plan.bin")
        .expect(0);
    return JSON.readTree(shell.sh(LIMIT, terraform + " show -json plan.bin").expect(0).out());
  }

  private void apply(SeededChange change, ObjectNode configuration, ObjectNode state) {
    JsonNode resources = configuration.path("resource").path(change.type());
    String name =
        resources.properties().stream()
            .map(Map.Entry::getKey)
            .filter(candidate -> candidate.matches(change.prefix() + "_[0-9A-F]{8}"))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no resource for " + change));
    addresses.put(change, change.type() + "." + name);
    if (change.edit() instanceof SeededChange.Configured configured) {
      configured.change().accept((ObjectNode) resources.path(name));
    } else if (change.edit() instanceof SeededChange.Deployed deployed) {
      deployed.change().accept(deployed(state, change.type(), name));
    }
  }

  private static ObjectNode deployed(ObjectNode state, String type, String name) {
    for (JsonNode resource : state.path("resources")) {
      if (resource.path("type").asText().equals(type)
          && resource.path("name").asText().equals(name)) {
        return (ObjectNode) resource.at("/instances/0/attributes");
      }
    }
    throw new AssertionError(type + "." + name + " is not in the state");
  }
}
