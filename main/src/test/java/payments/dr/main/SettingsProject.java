package payments.dr.main;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import payments.dr.configuration.Configuration;
import payments.dr.configuration.InvalidConfigurationException;
import payments.dr.configuration.environment.AccountConfig;
import payments.dr.configuration.environment.EnvironmentConfig;
import payments.dr.configuration.measurement.Measurements;

/**
 * The files of src/test/resources/settings: those named {@code plain} hold little more than what
 * has no default, the others together another value of every setting.
 */
final class SettingsProject {

  static final Path ROOT = Path.of("src/test/resources/settings");
  private static final String PLAIN = "plain";
  private static final YAMLMapper YAML = new YAMLMapper();

  /** What a file is about; each kind has a folder of its own. */
  enum Kind {
    ENVIRONMENTS(EnvironmentConfig.class),
    ACCOUNTS(AccountConfig.class),
    MEASUREMENTS(Measurements.class);

    private final Class<? extends Record> type;

    Kind(Class<? extends Record> type) {
      this.type = type;
    }

    List<SettingKey> keys() {
      return SettingKey.of(type);
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One file, as it is written. */
  record File(Kind kind, String name, ObjectNode tree) {

    static File read(Kind kind, Path path) {
      try {
        String name = path.getFileName().toString().replace(".yaml", "");
        return new File(kind, name, (ObjectNode) YAML.readTree(path.toFile()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String path() {
      return "main/" + kind + "/" + name + ".yaml";
    }

    File plain() {
      return new File(kind, PLAIN, tree);
    }

    boolean isPlain() {
      return name.equals(PLAIN);
    }

    /** What was read from it, with all defaults. */
    Optional<Record> config(Configuration all) {
      return switch (kind) {
        case ENVIRONMENTS ->
            all.environments().stream()
                .filter(it -> it.name().equals(name))
                .<Record>map(it -> it.config())
                .findFirst();
        case ACCOUNTS ->
            all.accounts().stream()
                .filter(it -> it.name().equals(name))
                .<Record>map(it -> it.config())
                .findFirst();
        case MEASUREMENTS ->
            all.environments().stream()
                .filter(it -> it.name().equals(name))
                .<Record>flatMap(it -> it.measurements().stream())
                .findFirst();
      };
    }

    /** The stacks that it describes. */
    List<String> stacks() {
      return switch (kind) {
        case ENVIRONMENTS -> List.of("payments-dr-" + name, "witness-" + name, "state-" + name);
        case ACCOUNTS -> List.of("account-" + name, "state-account-" + name);
        case MEASUREMENTS -> List.of();
      };
    }
  }

  private final List<File> files = new ArrayList<>();

  SettingsProject() throws IOException {
    for (Kind kind : Kind.values()) {
      try (Stream<Path> found = Files.list(ROOT.resolve("main").resolve(kind.toString()))) {
        found.sorted().map(path -> File.read(kind, path)).forEach(files::add);
      }
    }
  }

  /** All but the plain ones. */
  List<File> files() {
    return files.stream().filter(file -> !file.isPlain()).toList();
  }

  List<File> files(Kind kind) {
    return files().stream().filter(file -> file.kind() == kind).toList();
  }

  Configuration read() {
    return Configuration.read(ROOT, Optional.empty());
  }

  /**
   * By the name of each stack; all security rules must be kept.
   *
   * @throws AssertionError with the settings to blame when they are not, or something else fails
   */
  Map<String, String> synthesize() {
    try {
      return SynthesizedStacks.synthesize(ROOT);
    } catch (RuntimeException e) {
      throw new AssertionError("synthesis fails because of " + blamed() + ": " + e.getMessage(), e);
    }
  }

  /** What {@code question} answers about a copy of the project in which one file is changed. */
  <T> T changed(File one, Consumer<ObjectNode> change, Function<Path, T> question) {
    return changed(file -> true, one, change, question);
  }

  private <T> T changed(
      Predicate<File> kept, File one, Consumer<ObjectNode> change, Function<Path, T> question) {
    try {
      Path root = Files.createTempDirectory("settings");
      try {
        for (File file : files.stream().filter(kept).toList()) {
          ObjectNode tree = file.tree().deepCopy();
          if (file.equals(one)) {
            change.accept(tree);
          }
          Path path = root.resolve(file.path());
          Files.createDirectories(path.getParent());
          Files.writeString(path, tree.toString());
        }
        return question.apply(root);
      } finally {
        SynthesizedStacks.delete(root);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes out one group after the other, then its settings: slow, and only for a message. */
  private List<String> blamed() {
    List<String> blamed = new ArrayList<>();
    for (File file : files()) {
      Set<String> all = file.stacks().isEmpty() ? Set.of() : faults(file, tree -> {}).orElseThrow();
      if (!all.isEmpty()) {
        blame(file, JsonPointer.empty(), all, blamed);
      }
    }
    return blamed;
  }

  private void blame(File file, JsonPointer group, Set<String> all, List<String> blamed) {
    for (var entry : file.tree().at(group).properties()) {
      Optional<Set<String>> left =
          faults(file, tree -> ((ObjectNode) tree.at(group)).remove(entry.getKey()));
      if (left.isPresent() && !left.get().containsAll(all)) {
        JsonPointer below = group.appendProperty(entry.getKey());
        if (entry.getValue().isObject()) {
          blame(file, below, all, blamed);
        } else {
          blamed.add(file.path() + ": " + new SettingKey(below, String.class));
        }
      }
    }
  }

  /** Why one file cannot be synthesized with those that it needs; empty when it cannot be read. */
  private Optional<Set<String>> faults(File one, Consumer<ObjectNode> change) {
    String account = one.tree().path("account").asText();
    return changed(
        file ->
            file.equals(one)
                || file.path().equals("main/accounts/" + account + ".yaml")
                || (account.isEmpty() && file.isPlain()),
        one,
        change,
        root -> {
          try {
            SynthesizedStacks.synthesize(root);
            return Optional.of(Set.of());
          } catch (InvalidConfigurationException e) {
            return Optional.empty();
          } catch (RuntimeException e) {
            return Optional.of(Set.copyOf(e.getMessage().lines().toList()));
          }
        });
  }
}
