package payments.dr.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import payments.dr.compliance.StackKind;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.modules.testing.SynthesizedStack;

/** The six states of the database generations, written into the production environment's file. */
enum DatabaseState {
  V1_ONLY("{deployed: [v1], active: v1}", DatabaseGeneration.V1),
  BOTH_ON_V1("{deployed: [v1, v2], active: v1}", DatabaseGeneration.V1),
  BOTH_ON_V2("{deployed: [v1, v2], active: v2}", DatabaseGeneration.V2),
  RETIRING_V1(
      "{deployed: [v1, v2], active: v2, retiring: v1, finalSnapshot: v1-final}",
      DatabaseGeneration.V2),
  RETIRING_V2(
      "{deployed: [v1, v2], active: v1, retiring: v2, finalSnapshot: v2-final}",
      DatabaseGeneration.V1),
  V2_ONLY("{deployed: [v2], active: v2}", DatabaseGeneration.V2);

  private static final Map<DatabaseState, String> TEXTS = new EnumMap<>(DatabaseState.class);

  private final String yaml;
  private final DatabaseGeneration active;

  DatabaseState(String yaml, DatabaseGeneration active) {
    this.yaml = yaml;
    this.active = active;
  }

  DatabaseGeneration active() {
    return active;
  }

  Set<DatabaseGeneration> deployed() {
    return switch (this) {
      case V1_ONLY -> Set.of(DatabaseGeneration.V1);
      case V2_ONLY -> Set.of(DatabaseGeneration.V2);
      case BOTH_ON_V1, BOTH_ON_V2, RETIRING_V1, RETIRING_V2 ->
          Set.of(DatabaseGeneration.V1, DatabaseGeneration.V2);
    };
  }

  boolean retires(DatabaseGeneration generation) {
    return switch (this) {
      case RETIRING_V1 -> generation == DatabaseGeneration.V1;
      case RETIRING_V2 -> generation == DatabaseGeneration.V2;
      case V1_ONLY, BOTH_ON_V1, BOTH_ON_V2, V2_ONLY -> false;
    };
  }

  StackKind kind() {
    return new StackKind(
        true,
        false,
        deployed().stream()
            .filter(this::retires)
            .map(generation -> "database-" + generation.id())
            .findFirst());
  }

  /** For the reports of tests; begins like the stack's own name. */
  String stack() {
    return "payments-dr-prod " + this;
  }

  SynthesizedStack synthesized() {
    return SynthesizedStack.parse(text());
  }

  String text() {
    return TEXTS.computeIfAbsent(this, DatabaseState::synthesize);
  }

  private String synthesize() {
    try {
      Path project = Files.createTempDirectory("database-state");
      try {
        copy("main/accounts/prod.yaml", project, "");
        copy("main/environments/prod.yaml", project, "\ndatabases: " + yaml + "\n");
        return SynthesizedStacks.synthesize(project).get("payments-dr-prod");
      } finally {
        SynthesizedStacks.delete(project);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(String file, Path project, String addition) throws IOException {
    Path target = project.resolve(file);
    Files.createDirectories(target.getParent());
    Files.writeString(target, Files.readString(SynthesizedStacks.PROJECT.resolve(file)) + addition);
  }
}
