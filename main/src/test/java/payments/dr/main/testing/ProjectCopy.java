package payments.dr.main.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/**
 * What a clone of this project would hold, uncommitted changes included, in a folder where nothing
 * is built yet.
 */
public record ProjectCopy(Path root) {

  /** Tests run in their module's folder. */
  public static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private static final Duration LIMIT = Duration.ofMinutes(1);

  public static ProjectCopy into(Path folder) throws IOException {
    String files =
        new Shell(PROJECT, Map.of())
            .sh(LIMIT, "git ls-files --cached --others --exclude-standard")
            .expect(0)
            .out();
    for (String file : files.lines().toList()) {
      Path source = PROJECT.resolve(file);
      if (Files.exists(source)) {
        Path target = folder.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return new ProjectCopy(folder);
  }

  /** Runs its commands in its root. */
  public Shell shell() {
    return new Shell(root, Map.of());
  }

  /** Changes one part of a file that must be there. */
  public void replace(String file, String part, String by) throws IOException {
    String text = Files.readString(root.resolve(file));
    if (!text.contains(part)) {
      throw new AssertionError(file + " lacks " + part);
    }
    Files.writeString(root.resolve(file), text.replace(part, by));
  }

  /** Stops its local AWS, if one runs. */
  public void stopLocalAws() {
    shell().sh(LIMIT, "emulator/local-aws stop");
  }
}
