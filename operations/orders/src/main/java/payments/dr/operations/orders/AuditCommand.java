package payments.dr.operations.orders;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import payments.dr.operations.console.EnvironmentParameter;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.console.FormatOption;
import payments.dr.operations.controller.ControllerClient;
import payments.dr.operations.controller.Trail;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./dr audit}. */
@Command(
    name = "audit",
    description = {
      "Prints what was ordered, decided and done, oldest first, and checks that no row is missing.",
      "Every row of the controller names the one before; orders are numbered without a gap."
    },
    footer = {"  ./dr audit prod | less", "  ./dr audit prod 3f9a2c --format json"},
    exitCodeList = {
      "0:the trail is whole",
      "1:bad input, also no such incident",
      "2:not signed in, no network here, refused by AWS, or nobody answers there: it says which",
      "3:rows are missing, or were slipped in: lines GAP tell which"
    })
public final class AuditCommand implements Callable<Integer> {

  private final ControllerClient.Factory controllers;

  @Mixin private EnvironmentParameter environment;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "INCIDENT",
      description = "How its id begins. Default: all, with what lies between.")
  private Optional<String> incident = Optional.empty();

  @Mixin private FormatOption format;

  @Mixin private RegionOption region;

  AuditCommand() {
    this(ControllerClient::of);
  }

  AuditCommand(ControllerClient.Factory controllers) {
    this.controllers = controllers;
  }

  @Override
  public Integer call() {
    Trail whole = Trail.read(controllers.open(environment.name(), region.value()).ledger());
    Trail trail = incident.map(whole::of).orElse(whole);
    format.print(() -> text(trail), () -> json(trail));
    return trail.gaps().isEmpty() ? ExitCode.DONE : ExitCode.OBJECTION;
  }

  private static String text(Trail trail) {
    StringBuilder text = new StringBuilder();
    trail.lines().forEach(line -> text.append(line.text()).append(System.lineSeparator()));
    trail.gaps().forEach(gap -> text.append("GAP %s%n".formatted(gap)));
    text.append(
        "%d rows, %s%n"
            .formatted(
                trail.lines().size(), trail.gaps().isEmpty() ? "none missing" : "NOT WHOLE"));
    return text.toString();
  }

  private static String json(Trail trail) {
    ObjectNode report = JSON.createObjectNode();
    report.put("whole", trail.gaps().isEmpty());
    ArrayNode gaps = report.putArray("gaps");
    trail.gaps().forEach(gaps::add);
    ArrayNode rows = report.putArray("rows");
    for (Trail.Line line : trail.lines()) {
      rows.addObject()
          .put("at", line.at().toString())
          .put("source", line.source())
          .put("version", line.version())
          .put("incident", line.incident())
          .put("by", line.by())
          .put("change", line.change())
          .put("act", line.act())
          .put("what", line.what());
    }
    return StatusJson.text(report);
  }
}
