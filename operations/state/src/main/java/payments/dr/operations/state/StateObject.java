package payments.dr.operations.state;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import payments.dr.configuration.state.StateBackend;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.terraform.Tools;

/** The object that holds a state, with its older versions; read and written by the AWS CLI. */
record StateObject(StackTools stack, StateBackend.S3 location) {

  /** One version in the bucket. */
  record Version(String id, String time, boolean latest) {}

  String key() {
    return location.key();
  }

  /** The other states in its bucket. */
  List<StateObject> others() {
    JsonNode listed = json(required("list-objects-v2", "--output", "json"));
    return StreamSupport.stream(listed.path("Contents").spliterator(), false)
        .map(object -> object.path("Key").asText())
        .filter(key -> key.endsWith(".tfstate") && !key.equals(location.key()))
        .map(
            key ->
                new StateObject(
                    stack, new StateBackend.S3(location.bucket(), location.region(), key)))
        .toList();
  }

  /** A state that cannot be read may have some. */
  boolean hasResources() {
    return versions().stream()
        .filter(Version::latest)
        .anyMatch(
            latest ->
                StateVersion.read(text(latest)).map(state -> state.resources() > 0).orElse(true));
  }

  /** Newest first, without delete markers. */
  List<Version> versions() {
    JsonNode listed =
        json(required("list-object-versions", "--prefix", location.key(), "--output", "json"));
    return StreamSupport.stream(listed.path("Versions").spliterator(), false)
        .filter(version -> version.path("Key").asText().equals(location.key()))
        .map(
            version ->
                new Version(
                    version.path("VersionId").asText(),
                    version.path("LastModified").asText(),
                    version.path("IsLatest").asBoolean()))
        .toList();
  }

  String text(Version version) {
    try {
      Path file = Files.createTempFile("state", ".json");
      try {
        required(
            "get-object", "--key", location.key(), "--version-id", version.id(), file.toString());
        return Files.readString(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws CommandFailedException when S3 does not say: a refusal does not mean that there is none
   */
  boolean locked() {
    Tools.Output lock = s3api("head-object", "--key", location.key() + ".tflock");
    if (!lock.succeeded() && !lock.err().contains("(404)")) {
      throw failed("head-object", lock);
    }
    return lock.succeeded();
  }

  /** Puts a copy of an older version on top; nothing is lost by that. */
  void restore(Version version) {
    required(
        "copy-object",
        "--key",
        location.key(),
        "--copy-source",
        location.bucket() + "/" + location.key() + "?versionId=" + version.id());
  }

  private String required(String... words) {
    Tools.Output output = s3api(words);
    if (!output.succeeded()) {
      throw failed(words[0], output);
    }
    return output.out();
  }

  private static CommandFailedException failed(String operation, Tools.Output output) {
    return new CommandFailedException(
        "aws s3api %s failed: %s".formatted(operation, output.err().strip()));
  }

  private Tools.Output s3api(String... words) {
    List<String> command =
        new ArrayList<>(List.of("aws", "--region", location.region(), "s3api", words[0]));
    command.addAll(List.of("--bucket", location.bucket()));
    command.addAll(Arrays.asList(words).subList(1, words.length));
    return stack.tools().ask(stack.folder(), command);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new CommandFailedException("aws s3api must print JSON, got " + text.strip());
    }
  }
}
