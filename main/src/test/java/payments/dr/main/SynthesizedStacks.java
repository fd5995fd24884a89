package payments.dr.main;

import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.AppConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import payments.dr.main.configuration.Configuration;
import payments.dr.main.testing.ProjectCopy;
import payments.dr.modules.testing.SynthesizedStack;

/** The stacks of the committed environment and account files, synthesized as the app does it. */
final class SynthesizedStacks {

  static final Path PROJECT = ProjectCopy.PROJECT;

  private static final Map<String, String> TEXTS = synthesize();

  private SynthesizedStacks() {}

  /** What stands in each stack's file, by stack name. */
  static Map<String, String> texts() {
    return TEXTS;
  }

  static Map<String, SynthesizedStack> all() {
    Map<String, SynthesizedStack> stacks = new TreeMap<>();
    TEXTS.forEach((name, text) -> stacks.put(name, SynthesizedStack.parse(text)));
    return stacks;
  }

  static Stream<String> names() {
    return TEXTS.keySet().stream();
  }

  static SynthesizedStack get(String name) {
    return SynthesizedStack.parse(TEXTS.get(name));
  }

  /** A second, independent synthesis. */
  static Map<String, String> synthesize() {
    try {
      Path outdir = Files.createTempDirectory("cdktf.out");
      try {
        App app = new App(AppConfig.builder().outdir(outdir.toString()).build());
        Main.addStacks(app, Configuration.read(PROJECT, Optional.empty()));
        app.synth();
        return read(outdir.resolve("stacks"));
      } finally {
        delete(outdir);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
