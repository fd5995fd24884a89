package payments.dr.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import payments.dr.configuration.Configuration;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.testing.ProjectCopy;

/**
 * The stacks of the committed environment and account files, synthesized as the app does it; and
 * one that has both generations of the database, which no committed file need have.
 */
final class SynthesizedStacks {

  static final Path PROJECT = ProjectCopy.PROJECT;

  /** A fixed day: no test may begin to fail because an exception expires. */
  static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

  private static final Map<String, String> TEXTS = synthesize();

  private SynthesizedStacks() {}

  /** What stands in each committed stack's file, by stack name. */
  static Map<String, String> texts() {
    return TEXTS;
  }

  static Map<String, SynthesizedStack> all() {
    Map<String, SynthesizedStack> stacks = new TreeMap<>();
    names().forEach(name -> stacks.put(name, get(name)));
    return stacks;
  }

  static Stream<String> names() {
    return Stream.concat(TEXTS.keySet().stream(), Stream.of(DatabaseState.BOTH_ON_V1.stack()));
  }

  static SynthesizedStack get(String name) {
    return SynthesizedStack.parse(text(name));
  }

  static String text(String name) {
    return name.equals(DatabaseState.BOTH_ON_V1.stack())
        ? DatabaseState.BOTH_ON_V1.text()
        : TEXTS.get(name);
  }

  /** A second, independent synthesis. */
  static Map<String, String> synthesize() {
    return synthesize(PROJECT);
  }

  /**
   * @param project holds environments and accounts
   */
  static Map<String, String> synthesize(Path project) {
    try {
      Path outdir = Files.createTempDirectory("cdktf.out");
      try {
        Configuration configuration = Configuration.read(project, Optional.empty());
        new Synthesis(
                configuration,
                FunctionJar.at(jar(outdir, "failover-function.jar")),
                new RenewerJar(jar(outdir, "lease-renewer.jar")),
                TODAY)
            .into(outdir);
        return read(outdir.resolve("stacks"));
      } finally {
        delete(outdir);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stands in for the real ones, so that an edit of their code changes no golden file. */
  private static Path jar(Path folder, String name) throws IOException {
    return Files.writeString(folder.resolve(name), "no code");
  }

  private static Map<String, String> read(Path stacks) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> folders = Files.list(stacks)) {
      for (Path folder : folders.toList()) {
        texts.put(folder.getFileName().toString(), Files.readString(folder.resolve("cdk.tf.json")));
      }
    }
    return texts;
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
