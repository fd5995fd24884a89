package payments.dr.operations.terraform;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import payments.dr.operations.console.BadInputException;

/** A stack's Terraform JSON: it holds what a plan leaves out, such as {@code prevent_destroy}. */
public record SynthesizedStack(Path folder, JsonNode document) {

  /** The file that CDKTF writes. */
  private static final String FILE = "cdk.tf.json";

  /**
   * Reads the stack of a folder.
   *
   * @throws BadInputException when the folder holds no such file, or another one
   */
  public static SynthesizedStack read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      return new SynthesizedStack(folder, JSON.readTree(Files.readString(file)));
    } catch (IOException e) {
      throw new BadInputException(
          "stack must be a folder with a readable %s, got \"%s\"; run `make synth`"
              .formatted(FILE, folder));
    }
  }

  /** Returns the stack of a folder; empty when it holds no such file. */
  public static Optional<SynthesizedStack> find(Path folder) {
    return Files.exists(folder.resolve(FILE)) ? Optional.of(read(folder)) : Optional.empty();
  }

  /** Returns a resource as it was written; a missing node when there is none. */
  public JsonNode resource(String type, String name) {
    return document.path("resource").path(type).path(name);
  }

  /** Names and resources of one type. */
  public Stream<Map.Entry<String, JsonNode>> resources(String type) {
    return document.path("resource").path(type).properties().stream();
  }
}
