package payments.dr.operations.drill.evidence;

import static payments.dr.operations.encoding.Json.JSON;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import payments.dr.operations.console.BadInputException;

/** The evidence of one drill in its folder. */
record KeptEvidence(Path folder) {

  private static final String EVIDENCE = "evidence";

  /** The oldest first. A drill that was broken off left no report, and is left out. */
  static List<KeptEvidence> all(Path project) {
    Path evidence = project.resolve(EVIDENCE);
    if (!Files.isDirectory(evidence)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(evidence)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve(Checksums.FILE)))
          .sorted((a, b) -> stamp(a).compareTo(stamp(b)))
          .map(KeptEvidence::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws BadInputException when there is none
   */
  static KeptEvidence of(Path project, String id) {
    return all(project).stream()
        .filter(kept -> kept.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "id must be one that ./dr evidence list names, got \"%s\"".formatted(id)));
  }

  /** Such as {@code local-region-lost-20260101T000000Z}. */
  String id() {
    return folder.getFileName().toString();
  }

  boolean passed() {
    try {
      return JSON.readTree(text(Evidence.JSON)).path("passed").asBoolean();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> faults() {
    return Checksums.faults(folder);
  }

  /** The time stands at the end. */
  private static String stamp(Path folder) {
    String name = folder.getFileName().toString();
    return name.substring(name.lastIndexOf('-') + 1);
  }
}
