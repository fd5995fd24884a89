package payments.dr.operations.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import payments.dr.configuration.environment.Environment;
import payments.dr.operations.console.Project;
import payments.dr.operations.drill.record.DrillRecord;
import payments.dr.operations.encoding.Sha256;

/** Identifies the versions of everything that a drill ran with. */
final class Fingerprints {

  private static final String FUNCTION = "lambda/target/failover-function.jar";

  private Fingerprints() {}

  static DrillRecord.Versions of(Project project, Environment environment) {
    Map<String, String> hashes = new TreeMap<>();
    put(hashes, "settings", project.root().resolve(environment.file()));
    put(hashes, "function", project.root().resolve(FUNCTION));
    put(hashes, "stack", project.stackFolder(environment.stackName()).resolve("cdk.tf.json"));
    return new DrillRecord.Versions(Project.VERSION, commit(project.root()), hashes);
  }

  private static void put(Map<String, String> hashes, String what, Path file) {
    if (!Files.exists(file)) {
      return;
    }
    hashes.put(what, Sha256.hex(file));
  }

  /** Such as {@code 39f3366}; with {@code +} when files were changed; none outside of git. */
  private static String commit(Path root) {
    String commit = git(root, "rev-parse", "--short", "HEAD");
    return commit.isEmpty()
        ? "none"
        : commit + (git(root, "status", "--short").isEmpty() ? "" : "+");
  }

  private static String git(Path root, String... words) {
    try {
      String[] command = new String[words.length + 1];
      command[0] = "git";
      System.arraycopy(words, 0, command, 1, words.length);
      Process process =
          new ProcessBuilder(command)
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
