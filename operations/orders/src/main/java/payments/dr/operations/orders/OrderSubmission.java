package payments.dr.operations.orders;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import payments.dr.lambda.model.Order;
import payments.dr.ledger.LedgerChange;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.Confirmation;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.controller.ControllerClient;
import payments.dr.operations.controller.ControllerView;
import payments.dr.operations.controller.OrderAnswer;

/** Gives one order: says what it does, refuses what cannot be, and waits for the answer. */
final class OrderSubmission {

  private final ControllerClient controller;
  private final PrintWriter out;

  OrderSubmission(ControllerClient controller, PrintWriter out) {
    this.controller = controller;
    this.out = out;
  }

  /**
   * @return the command's status
   * @throws BadInputException when it could not be taken now; nothing was ordered
   */
  int order(Order.Kind kind, ReasonOption reason) {
    ControllerView view = controller.view();
    say("phase", StatusText.phase(view));
    warnOfSilence(view);
    refuseWhatCannotBe(kind, view);
    view.waiting().ifPresent(order -> say("replaces", StatusText.order(order, view)));
    boolean forcedFailback = ForcedFailback.isOrderedBy(kind, view);
    if (forcedFailback) {
      say("other", ForcedFailback.otherController(controller));
    }
    say("order", kind + ": " + OrderEffect.of(kind, view));
    String why = reason.text();
    if (OrderEffect.movesWriter(kind)) {
      Confirmation.of(controller.environment().name());
    }
    // From the version that was shown: whoever ordered meanwhile is not overridden unseen.
    List<LedgerChange> changes =
        new ArrayList<>(view.control().order(kind, controller.request(why)));
    if (forcedFailback) {
      changes.add(ForcedFailback.statement(view));
    }
    Order given = controller.give(changes);
    say("given", given.id() + ", waiting for the controller");
    return tell(controller.await(given));
  }

  /** How the switch stands after it was moved. */
  void tellSwitch() {
    ControllerView view = controller.view();
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
                      StatusText.order(order, view), OrderEffect.command(Order.Kind.ABORT, view)));
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

  private int tell(Optional<OrderAnswer> answer) {
    if (answer.isEmpty()) {
      say(
          "NOT TAKEN",
          "no tick has read it for %s; it may still be taken within %d minutes of the order"
              .formatted(Ages.text(ControllerClient.PATIENCE), Order.VALID.toMinutes()));
      return ExitCode.OBJECTION;
    }
    say(answer.get().taken() ? "taken" : "REFUSED", answer.get().text());
    return answer.get().taken() ? ExitCode.DONE : ExitCode.OBJECTION;
  }
}
