package payments.dr.operations.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import payments.dr.configuration.recovery.Recovery;
import payments.dr.lambda.loop.Recorded;
import payments.dr.lambda.model.EngineVersions;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Site;
import payments.dr.operations.aws.AwsCallException;
import payments.dr.operations.controller.ControllerView;
import payments.dr.operations.controller.OrderAnswer;
import payments.dr.operations.controller.Trail;

/** Writes the status of a controller for a person. */
final class StatusText {

  private StatusText() {}

  static String of(ControllerView view, Optional<OrderAnswer> answer) {
    StringBuilder text = new StringBuilder();
    text.append(line("phase", phase(view)));
    view.last().ifPresent(last -> tick(text, last, view));
    text.append(line("pause", pause(view)));
    text.append(line("order", newest(view, answer)));
    text.append(line("data", view.data().map(Object::toString).orElse("not in the ledger")));
    text.append(line("budget", budget(view)));
    text.append(line("allowed", allowed(view)));
    List<String> attention = Attention.of(view);
    attention.forEach(what -> text.append(line("ATTENTION", what)));
    return text.toString();
  }

  /** Which Regions' AWS knows the caller, when the ledger could not be read. */
  static String of(AwsCallException call) {
    return call.stsAnswers().stream()
        .map(answer -> line(answer.region(), answer.text()))
        .collect(Collectors.joining());
  }

  private static void tick(StringBuilder text, Recorded last, ControllerView view) {
    Observation seen = last.seen();
    text.append(line("why", last.state().why()));
    text.append(
        line(
            "controller",
            "ticked %s ago, version %d, incident %s; mode %s by %s.yaml"
                .formatted(
                    Ages.text(view.age().orElseThrow()),
                    last.state().version(),
                    Trail.shortId(last.state().incident().id()),
                    view.policy().mode(),
                    view.environment().name())));
    text.append(
        line(
            "votes",
            "EXTERNAL %s, PEER %s, DR ready %s"
                .formatted(seen.external(), seen.peer(), seen.readiness())));
    text.append(line("database", database(last)));
    text.append(line("engine", engine(seen.database().versions())));
    if (Standby.isPrimary(seen)) {
      text.append(line("standby", Standby.text(seen, view)));
    }
    if (seen.database().writer() != Site.DR) {
      text.append(line("loss", loss(view)));
    }
    text.append(
        line(
            "traffic",
            "latch %s in %s, %s in %s; DNS answers %s; a payment %s in DR"
                .formatted(
                    latch(seen.traffic().primaryLatch(), seen.traffic().primaryHold()),
                    view.primary(),
                    latch(seen.traffic().drLatch(), seen.traffic().drHold()),
                    view.dr(),
                    seen.traffic().answers(),
                    seen.traffic().paymentCommits() ? "commits" : "does not commit")));
    text.append(
        line(
            "fence",
            seen.lease().fenced()
                ? "the writer was told to stop"
                : "no writer is known to be told to stop"));
    if (!(seen.lease() instanceof LeaseReading.Unproven)) {
      text.append(line("lease", lease(seen.lease(), view)));
    }
    Instant until = last.state().coolDownUntil();
    text.append(line("cool-down", until.isAfter(view.now()) ? "until " + until : "none"));
  }

  /** What the controller saw, in one line and without ages. */
  static String headline(Observation seen) {
    return "; %s written in %s; EXTERNAL %s, PEER %s, DR ready %s; DNS answers %s"
        .formatted(
            seen.generation(),
            seen.database().writer(),
            seen.external(),
            seen.peer(),
            seen.readiness(),
            seen.traffic().answers());
  }

  private static String latch(Presence latch, Presence hold) {
    return latch == hold ? latch.name() : "%s, held %s,".formatted(latch, hold);
  }

  /** As the newest tick saw it; the moment is by the clock of the Region that renews. */
  static String lease(LeaseReading lease, ControllerView view) {
    boolean inDr = view.standsIn() == Site.DR;
    String own = inDr ? view.dr() : view.primary();
    String other = inDr ? view.primary() : view.dr();
    if (!(lease instanceof LeaseReading.Registered registered)) {
      return "NOT READ: fewer than two registers answered, nobody ever renewed, or the controller's"
          + " clock is wrong";
    }
    String holder =
        registered.taken()
            ? own + " holds it"
            : registered.forced() ? own + " was given it by force" : own + " does not hold it";
    return registered.until().equals(Instant.EPOCH)
        ? "%s; %s never did".formatted(holder, other)
        : "%s; %s may write until %s".formatted(holder, other, registered.until());
  }

  static String line(String name, String value) {
    return "%-11s%s%n".formatted(name, value);
  }

  static String phase(ControllerView view) {
    return view.last()
        .map(Recorded::state)
        .map(
            state ->
                state.since().equals(Instant.EPOCH)
                    ? state.phase() + " since the first tick"
                    : "%s since %s, %s ago"
                        .formatted(
                            state.phase(),
                            state.since(),
                            Ages.text(Duration.between(state.since(), view.now()))))
        .orElse(
            view.idle()
                ? "none: idle until somebody orders a forced failback"
                : "none: no controller ever ran here");
  }

  static String silence(ControllerView view) {
    return view.age()
        .map(
            age ->
                "CONTROLLER SILENT for %s: it fails nothing over, and takes no order"
                    .formatted(Ages.text(age)))
        .orElse("NO CONTROLLER ever ran here: nothing fails over, and nobody takes an order");
  }

  static String database(Recorded last) {
    Observation.Database database = last.seen().database();
    Instant beat = database.heartbeatAt();
    Instant proved = database.replicatedUntil();
    return "%s written in %s, %s; heartbeat %s%s; the other Region %s"
        .formatted(
            last.seen().generation(),
            database.writer() == Site.UNKNOWN ? "an unknown Region" : database.writer(),
            database.activity(),
            beat == null ? "not seen" : Ages.text(Duration.between(beat, last.at())) + " old",
            proved == null || beat != null && !proved.isAfter(beat)
                ? ""
                : ", DR has all until "
                    + Ages.text(Duration.between(proved, last.at()))
                    + " before",
            database.otherIsReplica()
                ? "follows"
                    + (database.replicaLag() == null
                        ? ""
                        : " %d ms behind".formatted(database.replicaLag().toMillis()))
                : "DOES NOT FOLLOW");
  }

  static String engine(EngineVersions versions) {
    if (!versions.seen()) {
      return "not seen in both Regions yet";
    }
    return versions.differ() ? versions.difference() : versions.dr() + " in both Regions";
  }

  static String loss(ControllerView view) {
    return view.estimatedLoss()
        .map(loss -> Ages.text(loss) + " if it failed over now, estimated")
        .orElse("not known: nothing was seen to be replicated to " + view.dr());
  }

  static String pause(ControllerView view) {
    return view.control()
        .pause()
        .map(by -> "PAUSED since %s by %s: %s".formatted(by.at(), by.principal(), by.reason()))
        .orElse("none");
  }

  static String order(Order order, ControllerView view) {
    return "%s %s by %s, %s ago"
        .formatted(
            order.id(),
            order.kind(),
            order.principal(),
            Ages.text(Duration.between(order.at(), view.now())));
  }

  static String newest(ControllerView view, Optional<OrderAnswer> answer) {
    return view.control()
        .order()
        .map(order -> order(order, view) + ": " + verdict(order, view, answer))
        .orElse("none yet");
  }

  static String verdict(Order order, ControllerView view, Optional<OrderAnswer> answer) {
    return answer
        .map(given -> (given.taken() ? "taken, " : "refused, ") + given.text())
        .orElse(order.expired(view.now()) ? "never read, now too old" : "not read yet");
  }

  private static String budget(ControllerView view) {
    return "%s%d s of %d s to serve again in the worst case: ./dr recovery-budget %s"
        .formatted(
            view.outage().map(outage -> Ages.text(outage) + " have passed; ").orElse(""),
            Recovery.of(view.environment()).time().seconds(),
            view.environment().config().failover().rtoTargetSeconds(),
            view.environment().name());
  }

  static String allowed(ControllerView view) {
    List<Order.Kind> kinds = view.allowed();
    return kinds.isEmpty()
        ? "no order"
        : kinds.stream()
            .map(kind -> OrderEffect.command(kind, view))
            .collect(Collectors.joining(", "));
  }
}
