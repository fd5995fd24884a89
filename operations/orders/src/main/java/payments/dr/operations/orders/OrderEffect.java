package payments.dr.operations.orders;

import java.util.Locale;
import java.util.Optional;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;
import payments.dr.operations.controller.ControllerView;
import payments.dr.operations.controller.Preview;

/** What an order does, for the person who is about to give it. */
final class OrderEffect {

  private static final String BOTH =
      "; without two registers of a lease BOTH Regions may write for a while";

  private OrderEffect() {}

  static String of(Order.Kind kind, ControllerView view) {
    String generation = view.data().map(data -> data.generation()).orElse("the active generation");
    return switch (kind) {
      case APPROVE, FORCE ->
          ForcedFailback.isOrderedBy(kind, view)
              ? "promotes %s in %s without %s, then leads customers home; %s"
                      .formatted(
                          ForcedFailback.generation(view), view.primary(), view.dr(), loss(view))
                  + BOTH
              : "stops writes in %s as far as it is reached, promotes %s in %s, then leads customers there; %s"
                      .formatted(view.primary(), generation, view.dr(), loss(view))
                  + (kind == Order.Kind.FORCE ? BOTH : "");
      case SWITCHOVER ->
          "moves the writer of %s to %s without loss; writes pause and customers leave while it moves"
              .formatted(generation, view.dr());
      case FAILBACK ->
          "moves the writer of %s back to %s without loss, about two minutes after the order;"
                  .formatted(generation, view.primary())
              + " customers leave %s while it moves".formatted(view.dr());
      case ABORT -> abort(view);
      case RESUME ->
          "goes on from HALTED with what is seen: customers are led to the Region that writes";
    };
  }

  private static String abort(ControllerView view) {
    if (!view.preview(Order.Kind.ABORT).map(Preview::taken).orElse(true)) {
      return "takes back the order that no tick has read yet";
    }
    return view.phase().equals(Optional.of(Phase.LOOSENING))
        ? "stays in %s: the way back does not begin".formatted(view.dr())
        : "stays in %s; for %d minutes the machine starts no failover by itself"
            .formatted(view.primary(), view.policy().coolDown().toMinutes());
  }

  /** Those that end in another Region's writes are confirmed by the environment's name. */
  static boolean movesWriter(Order.Kind kind) {
    return switch (kind) {
      case APPROVE, FORCE, SWITCHOVER, FAILBACK -> true;
      case ABORT, RESUME -> false;
    };
  }

  /** Such as {@code ./dr force prod}. */
  static String command(Order.Kind kind, ControllerView view) {
    return "./dr " + kind.name().toLowerCase(Locale.ROOT) + " " + view.environment().name();
  }

  private static String loss(ControllerView view) {
    return view.estimatedLoss()
        .map(loss -> "payments of about %s are LOST, by the estimate".formatted(Ages.text(loss)))
        .orElse("payments that were not replicated are LOST, and nothing says how many");
  }
}
