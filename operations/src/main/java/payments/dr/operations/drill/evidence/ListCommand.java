package payments.dr.operations.drill.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import payments.dr.operations.FormatOption;
import payments.dr.operations.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./dr evidence list}. */
@Command(
    name = "list",
    description = "Lists drills, oldest first, and checks that nobody changed their files since.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the files of all are as the drills wrote them",
      "1:bad input",
      "3:files were changed, added or removed: lines CHANGED tell which"
    })
final class ListCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UNFINISHED = "unfinished";

  @Spec private CommandSpec spec;

  @Mixin private FormatOption format;

  /** One line of the list. */
  private record Entry(Dossier dossier, List<String> faults) {

    static Entry of(Dossier dossier) {
      return new Entry(dossier, dossier.finished() ? dossier.faults() : List.of());
    }

    /** A report that was changed is not quoted. */
    String verdict() {
      if (!dossier.finished()) {
        return UNFINISHED;
      }
      if (!faults.isEmpty()) {
        return "CHANGED";
      }
      return dossier.report().path("passed").asBoolean() ? "as expected" : "NOT AS EXPECTED";
    }

    boolean readable() {
      return dossier.finished() && faults.isEmpty();
    }
  }

  @Override
  public Integer call() {
    Archive archive = new Archive(Project.ofLauncher().root().resolve(EvidenceCommand.FOLDER));
    List<Entry> entries = archive.all().stream().map(Entry::of).toList();
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        switch (format.value()) {
          case text -> text(entries);
          case json -> json(entries);
        });
    out.flush();
    return entries.stream().allMatch(entry -> entry.faults().isEmpty())
        ? 0
        : EvidenceCommand.CHANGED;
  }

  private static String text(List<Entry> entries) {
    if (entries.isEmpty()) {
      return "no evidence yet: ./dr drill leaves it%n".formatted();
    }
    StringBuilder text = new StringBuilder();
    for (Entry entry : entries) {
      text.append("%-50s  %-15s".formatted(entry.dossier().id(), entry.verdict()));
      if (entry.readable()) {
        JsonNode report = entry.dossier().report();
        JsonNode payments = report.path("payments");
        text.append(
            "  recovery %8s  %d acknowledged, %d lost, %d doubled  %s"
                .formatted(
                    seconds(report.at("/measured/recoverySeconds")),
                    payments.path("acknowledged").asLong(),
                    payments.path("lost").asLong(),
                    payments.path("doubled").asLong(),
                    report.path("kind").asText()));
      }
      text.append(System.lineSeparator());
      entry.faults().forEach(fault -> text.append("  CHANGED %s%n".formatted(fault)));
    }
    return text.toString();
  }

  private static String seconds(JsonNode value) {
    return value.isMissingNode() ? "-" : value.asText() + " s";
  }

  private static String json(List<Entry> entries) {
    ArrayNode list = JSON.createArrayNode();
    for (Entry entry : entries) {
      ObjectNode node =
          list.addObject()
              .put("id", entry.dossier().id())
              .put("finished", entry.dossier().finished());
      ArrayNode faults = node.putArray("faults");
      entry.faults().forEach(faults::add);
      if (entry.readable()) {
        JsonNode report = entry.dossier().report();
        for (String field :
            List.of("environment", "scenario", "kind", "passed", "began", "payments")) {
          node.set(field, report.path(field));
        }
      }
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(list)
          + System.lineSeparator();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
