package payments.dr.main;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A new folder within the one that CDKTF's files are meant for. CDKTF writes there at first, so
 * that stacks which turn out unfit never replace others. It lays the folder out: {@code
 * manifest.json}, and for each stack {@code stacks/NAME} with {@code cdk.tf.json} and {@code
 * assets/ID/HASH}.
 */
final class Staging implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STACKS = "stacks";
  private static final String ASSETS = "assets";

  private final Path target;
  private final Path folder;
  private final Map<String, JsonNode> read = new HashMap<>();

  private Staging(Path target, Path folder) {
    this.target = target;
    this.folder = folder;
  }

  /** Makes an empty folder; the target too, when it is missing. */
  static Staging within(Path target) {
    try {
      Path absolute = Files.createDirectories(target.toAbsolutePath().normalize());
      return new Staging(absolute, Files.createTempDirectory(absolute, ".staging-"));
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
   * Moves everything to where it is meant for, one whole file after the other and the assets of a
   * stack before the JSON that names them. Two processes take turns. What else lies in the target
   * stays, such as other stacks and what Terraform keeps beside each.
   */
  void publish() {
    try (FileChannel turn =
        FileChannel.open(
            target.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      turn.lock();
      for (Path stack : children(folder.resolve(STACKS))) {
        publish(stack, target.resolve(folder.relativize(stack)));
      }
      move(folder.resolve("manifest.json"), target.resolve("manifest.json"));
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

  private static void publish(Path stack, Path home) throws IOException {
    // In the order of their names, "assets" comes before "cdk.tf.json".
    List<Path> files = files(stack);
    for (Path file : files) {
      move(stack.resolve(file), home.resolve(file));
    }
    for (Path file : files(home)) {
      if (file.startsWith(ASSETS) && !files.contains(file)) {
        Files.delete(home.resolve(file));
      }
    }
  }

  private static void move(Path file, Path home) throws IOException {
    Files.createDirectories(home.getParent());
    Files.move(file, home, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Relative to the folder, in the order of their names. */
  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
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
