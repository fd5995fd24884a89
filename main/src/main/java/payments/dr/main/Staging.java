package payments.dr.main;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where CDKTF writes at first: beside the folder that its files are meant for, so that stacks which
 * turn out unfit never replace others. CDKTF lays the folder out: {@code manifest.json}, and for
 * each stack {@code stacks/NAME} with {@code cdk.tf.json} and {@code assets}.
 */
final class Staging implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STACKS = "stacks";

  private final Path target;
  private final Path folder;
  private final Map<String, JsonNode> read = new HashMap<>();

  private Staging(Path target, Path folder) {
    this.target = target;
    this.folder = folder;
  }

  /** Makes an empty folder, on the same file system. */
  static Staging beside(Path target) {
    Path absolute = target.toAbsolutePath().normalize();
    try {
      Path parent = Files.createDirectories(absolute.getParent());
      return new Staging(
          absolute, Files.createTempDirectory(parent, "." + absolute.getFileName() + "-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  /** The Terraform JSON of a stack, as it was written here. */
  JsonNode stack(String name) {
    return read.computeIfAbsent(name, this::parse);
  }

  /**
   * Moves everything to where it is meant for. What else lies there stays, such as other stacks and
   * what Terraform keeps beside each.
   */
  void publish() {
    try {
      for (Path stack : children(folder.resolve(STACKS))) {
        Path home = Files.createDirectories(target.resolve(folder.relativize(stack)));
        for (Path file : children(stack)) {
          replace(home.resolve(file.getFileName()), file);
        }
      }
      replace(target.resolve("manifest.json"), folder.resolve("manifest.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the folder and what was not published. */
  @Override
  public void close() {
    try {
      delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode parse(String stack) {
    try {
      return JSON.readTree(folder.resolve(STACKS).resolve(stack).resolve("cdk.tf.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void replace(Path old, Path by) throws IOException {
    if (Files.isDirectory(old)) {
      delete(old);
    }
    Files.move(by, old, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    }
  }
}
