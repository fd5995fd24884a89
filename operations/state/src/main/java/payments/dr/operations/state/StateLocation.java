package payments.dr.operations.state;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.terraform.Terraform;
import payments.dr.operations.terraform.Tools;

/**
 * A backend that holds a state.
 *
 * @param type of the backend, such as {@code s3}
 * @param arguments of the backend that were given
 */
record StateLocation(String type, JsonNode arguments) {

  /** Where a synthesized stack has its state. */
  static StateLocation configured(Path folder) {
    JsonNode terraform = read(folder.resolve("cdk.tf.json")).path("terraform");
    JsonNode backend =
        terraform.has("cloud")
            ? JSON.createObjectNode().set("cloud", terraform.path("cloud"))
            : terraform.path("backend");
    String type = backend.fieldNames().next();
    return new StateLocation(type, backend.path(type));
  }

  /** Where Terraform found it when it was last initialised in that folder. */
  static Optional<StateLocation> lastUsed(Path folder) {
    Path file = folder.resolve(".terraform/terraform.tfstate");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode backend = read(file).path("backend");
    ObjectNode given = JSON.createObjectNode();
    for (var argument : backend.path("config").properties()) {
      if (!argument.getValue().isNull()) {
        given.set(argument.getKey(), argument.getValue());
      }
    }
    return Optional.of(new StateLocation(backend.path("type").asText(), given));
  }

  /**
   * The state there.
   *
   * @param beside folder whose sibling Terraform runs in, so that relative paths hold
   */
  JsonNode state(Tools tools, Path beside) {
    Path folder = beside.resolveSibling(beside.getFileName() + ".place");
    try {
      Files.createDirectories(folder);
      ObjectNode json = JSON.createObjectNode();
      json.withObject("/terraform/backend").set(type, arguments);
      Files.writeString(folder.resolve("backend.tf.json"), json.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Terraform terraform = new Terraform(tools, folder);
    try {
      Tools.Output init = terraform.ask("init", "-input=false", "-no-color", "-reconfigure");
      if (!init.succeeded()) {
        throw new CommandFailedException(
            "terraform init for " + this + " failed: " + init.err().strip());
      }
      return terraform.state();
    } finally {
      Folders.delete(folder);
    }
  }

  /** Returns a text such as {@code s3 {"bucket":"acme-state-prod",...}}. */
  @Override
  public String toString() {
    return type + " " + arguments;
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
