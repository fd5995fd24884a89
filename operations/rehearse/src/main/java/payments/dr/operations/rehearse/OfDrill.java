package payments.dr.operations.rehearse;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A question that a drill answers by what it measured.
 *
 * @param term of the recovery budget, as the drill's report names it
 * @param drills folder that holds each drill's evidence in a folder of its own
 */
record OfDrill(String asks, String environment, String scenario, String term, Path drills)
    implements Question {

  @Override
  public String tried() {
    return "./dr drill --scenario %s, %s".formatted(scenario, term);
  }

  @Override
  public String answer() {
    return newest()
        .flatMap(this::measured)
        .map(
            line ->
                "%.1f s, where the recovery budget allows %d"
                    .formatted(
                        line.path("seconds").asDouble(), line.path("allowedSeconds").asInt()))
        .orElse("not measured");
  }

  private Optional<JsonNode> measured(Path report) {
    try {
      JsonNode terms = JSON.readTree(report.toFile()).at("/measured/terms");
      return StreamSupport.stream(terms.spliterator(), false)
          .filter(line -> line.path("term").asText().equals(term))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Folders end with the time. */
  private Optional<Path> newest() {
    String prefix = environment + "-" + scenario + "-";
    if (!Files.isDirectory(drills)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(drills)) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith(prefix))
          .map(folder -> folder.resolve("report.json"))
          .filter(Files::exists)
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
