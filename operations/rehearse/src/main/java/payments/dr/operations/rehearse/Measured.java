package payments.dr.operations.rehearse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import payments.dr.configuration.environment.Environment;
import payments.dr.operations.console.Project;

/**
 * Writes what all kept drills of an environment propose into its measurements: of few drills the
 * 99th percentile is the longest. It comes last, since a figure beyond what is promised refuses the
 * next synthesis.
 */
record Measured(Project project, Environment environment) implements Step.Action {

  private static final String PROPOSAL = "measurements.yaml";

  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();

  @Override
  public void run() {
    try {
      List<JsonNode> proposals = proposals();
      if (proposals.isEmpty()) {
        return;
      }
      Map<String, JsonNode> longest = new TreeMap<>();
      for (JsonNode proposal : proposals) {
        for (JsonNode figure : proposal.path("figures")) {
          longest.merge(figure.path("figure").asText(), figure, Measured::longer);
        }
      }
      ObjectNode file = proposals.get(proposals.size() - 1).deepCopy();
      ArrayNode figures = file.putArray("figures");
      longest.values().forEach(figures::add);
      Files.writeString(
          project.root().resolve(environment.measurementsFile()),
          "# yaml-language-server: $schema=schema.json\n# By ./dr rehearse: the longest of all drills in evidence/.\n"
              + YAML.writeValueAsString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The longer one, of the later day. */
  private static JsonNode longer(JsonNode earlier, JsonNode later) {
    return ((ObjectNode) later.deepCopy())
        .put("seconds", Math.max(earlier.path("seconds").asInt(), later.path("seconds").asInt()));
  }

  /** The time stands at the end of the folder's name. */
  private static String stamp(Path file) {
    String name = file.getParent().getFileName().toString();
    return name.substring(name.lastIndexOf('-') + 1);
  }

  /** The oldest first. */
  private List<JsonNode> proposals() throws IOException {
    Path evidence = project.root().resolve("evidence");
    if (!Files.isDirectory(evidence)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(evidence)) {
      List<Path> files =
          folders
              .filter(
                  folder -> folder.getFileName().toString().startsWith(environment.name() + "-"))
              .map(folder -> folder.resolve(PROPOSAL))
              .filter(Files::exists)
              .sorted(Comparator.comparing(Measured::stamp))
              .toList();
      List<JsonNode> read = new ArrayList<>();
      for (Path file : files) {
        JsonNode proposal = YAML.readTree(file.toFile());
        if (proposal.path("environment").asText().equals(environment.name())) {
          read.add(proposal);
        }
      }
      return read;
    }
  }
}
