package payments.dr.operations.drill;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import payments.dr.ledger.LedgerException;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.controller.ControllerClient;
import payments.dr.operations.drill.load.AcknowledgedPayment;
import payments.dr.operations.drill.load.Tally;
import payments.dr.operations.drill.record.DrillRecord.Second;
import software.amazon.awssdk.core.exception.SdkException;

/** Writes for the page of a sandbox how everything stands. */
final class SandboxState {

  private static final Duration SHOWN = Duration.ofMinutes(10);

  /** A sandbox lives for hours, and asks for all that is kept once a second. */
  private static final Duration KEPT = Duration.ofHours(1);

  private final ControllerClient controller;
  private final StatusReport status;
  private final Supplier<JsonNode> faults;
  private final Tally tally;
  private final ToIntFunction<List<AcknowledgedPayment>> lost;
  private final Instant began;

  /** Whether the primary Region wrote when last seen there: only then a failover is a new one. */
  private boolean atHome;

  private Instant counted = Instant.MIN;
  private OptionalInt found = OptionalInt.empty();

  /**
   * @param faults kinds of what is broken, by Region
   * @param lost counts those of the payments that the database does not have
   */
  SandboxState(
      ControllerClient controller,
      StatusReport status,
      Supplier<JsonNode> faults,
      Tally tally,
      ToIntFunction<List<AcknowledgedPayment>> lost) {
    this.controller = controller;
    this.status = status;
    this.faults = faults;
    this.tally = tally;
    this.lost = lost;
    this.began = controller.now();
  }

  /** What cannot be read is missing, and {@code failure} says why. */
  String json() {
    Instant now = controller.now();
    ObjectNode state = JSON.createObjectNode().put("now", now.toString());
    var regions = controller.environment().config().regions();
    state
        .putObject("regions")
        .put("primary", regions.primary().name())
        .put("dr", regions.dr().name());
    payments(state, now);
    try {
      state.set("faults", faults.get());
      JsonNode read = JSON.readTree(status.of(controller));
      state.set("status", read);
      ArrayNode trail = state.putArray("trail");
      controller.trail(began).forEach(trail::add);
      count(read);
    } catch (LedgerException | SdkException | CommandFailedException | BadInputException e) {
      state.put("failure", e.getMessage());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("status must be JSON", e);
    }
    found.ifPresent(payments -> state.put("lost", payments));
    return state.toString();
  }

  private void payments(ObjectNode state, Instant now) {
    tally.forget(now.minus(KEPT));
    state.put("acknowledged", tally.total());
    ArrayNode seconds = state.putArray("seconds");
    for (Second second : tally.seconds(now.minus(SHOWN))) {
      ObjectNode one = seconds.addObject().put("at", second.at().getEpochSecond());
      second.accepted().forEach(one.putObject("accepted")::put);
      one.put("failed", second.failed());
    }
  }

  /** Once after each failover, when the database that writes is another one. */
  private void count(JsonNode status) {
    if (status.at("/database/writer").asText().equals("PRIMARY")) {
      atHome = true;
    } else if (atHome && status.path("phase").asText().equals("FAILED_OVER")) {
      List<AcknowledgedPayment> fresh =
          tally.acknowledged().stream()
              .filter(payment -> payment.answered().isAfter(counted))
              .toList();
      found = OptionalInt.of(lost.applyAsInt(fresh));
      counted =
          fresh.stream()
              .map(AcknowledgedPayment::answered)
              .max(Comparator.naturalOrder())
              .orElse(counted);
      atHome = false;
    }
  }
}
