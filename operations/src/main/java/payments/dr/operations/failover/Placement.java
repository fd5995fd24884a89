package payments.dr.operations.failover;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.orders.ControlRecord;
import payments.dr.ledger.LedgerChange;
import payments.dr.operations.BadInputException;
import payments.dr.operations.Confirmation;

/** Gives one order: says what it does, refuses what cannot be, and waits for the answer. */
final class Placement {

  /** What an order ends with that was given, but not taken. */
  static final int NOT_TAKEN = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PACE = Duration.ofSeconds(1);

  private final Desk desk;
  private final PrintWriter out;

  Placement(Desk desk, PrintWriter out) {
    this.desk = desk;
    this.out = out;
  }

  /**
   * @return the command's status
   * @throws BadInputException when it could not be taken now; nothing was ordered
   */
  int order(Order.Kind kind, ReasonOption reason) {
    ControllerView view = desk.look();
    say("phase", StatusText.phase(view));
    warnOfSilence(view);
    refuseWhatCannotBe(kind, view);
    view.waiting().ifPresent(order -> say("replaces", StatusText.order(order, view)));
    boolean wayHome = WayHome.isOrderedBy(kind, view);
    if (wayHome) {
      say("other", WayHome.otherController(desk));
    }
    say("order", kind + ": " + Effect.of(kind, view));
    String why = reason.text();
    if (Effect.movesWriter(kind)) {
      Confirmation.of(desk.environment().name());
    }
    // From the version that was shown: whoever ordered meanwhile is not overridden unseen.
    List<LedgerChange> changes = new ArrayList<>(view.control().order(kind, desk.request(why)));
    if (wayHome) {
      changes.add(WayHome.statement(view));
    }
    desk.ledger().write(changes);
    Order given = ControlRecord.read(desk.ledger()).order().orElseThrow();
    say("given", given.id() + ", waiting for the controller");
    return tell(await(given));
  }

  /** How the switch stands after it was moved. */
  void tellSwitch() {
    ControllerView view = desk.look();
    say("phase", StatusText.phase(view));
    say("pause", StatusText.pause(view));
    warnOfSilence(view);
  }

  private void warnOfSilence(ControllerView view) {
    if (view.silent()) {
      say("WARNING", StatusText.silence(view));
    }
  }

  private void say(String name, String value) {
    out.print(StatusText.line(name, value));
    out.flush();
  }

  private static void refuseWhatCannotBe(Order.Kind kind, ControllerView view) {
    Optional<Order> waiting = view.waiting();
    if (view.silent() || kind == Order.Kind.ABORT && waiting.isPresent()) {
      return;
    }
    waiting.ifPresent(
        order -> {
          throw new BadInputException(
              "%s must be answered first: wait 10 s, or take it back with %s; nothing was changed"
                  .formatted(
                      StatusText.order(order, view), Effect.command(Order.Kind.ABORT, view)));
        });
    view.preview(kind)
        .filter(preview -> !preview.taken())
        .ifPresent(
            preview -> {
              throw new BadInputException(
                  "%s; allowed now: %s; nothing was changed"
                      .formatted(preview.refusal(), StatusText.allowed(view)));
            });
  }

  /** Empty when no tick has read it in time. */
  Optional<Answer> await(Order order) {
    Instant end = desk.now().plus(PATIENCE);
    Optional<Answer> answer = Answer.to(order, desk.ledger());
    while (answer.isEmpty() && desk.now().isBefore(end)) {
      desk.clock().sleepUntil(desk.now().plus(PACE));
      answer = Answer.to(order, desk.ledger());
    }
    return answer;
  }

  private int tell(Optional<Answer> answer) {
    if (answer.isEmpty()) {
      say(
          "NOT TAKEN",
          "no tick has read it for %s; it may still be taken within %d minutes of the order"
              .formatted(Ages.text(PATIENCE), Order.VALID.toMinutes()));
      return NOT_TAKEN;
    }
    say(answer.get().taken() ? "taken" : "REFUSED", answer.get().text());
    return answer.get().taken() ? 0 : NOT_TAKEN;
  }
}
