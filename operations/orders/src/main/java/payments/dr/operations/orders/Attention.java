package payments.dr.operations.orders;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import payments.dr.lambda.loop.Recorded;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Site;
import payments.dr.ledger.DataRecord;
import payments.dr.operations.controller.ControllerView;

/** What a person should look at, the most urgent first. */
final class Attention {

  /** A renewal, and a tick that is of whole seconds, may cross. */
  private static final Duration LATE = Duration.ofSeconds(1);

  private Attention() {}

  /** One line each; empty: all is steady. */
  static List<String> of(ControllerView view) {
    List<String> all = new ArrayList<>();
    if (view.silent()) {
      all.add(StatusText.silence(view));
    }
    view.last().ifPresent(last -> ofTick(last, view, all));
    if (view.control().pause().isPresent()) {
      all.add("paused: nothing acts until ./dr resume " + view.environment().name());
    }
    view.waiting().ifPresent(order -> all.add(StatusText.order(order, view) + " is not read yet"));
    if (view.standsIn() == Site.DR) {
      ofData(view, all);
    }
    return all;
  }

  private static void ofTick(Recorded last, ControllerView view, List<String> all) {
    Observation seen = last.seen();
    Phase phase = last.state().phase();
    if (phase != Phase.STEADY) {
      all.add("phase is " + phase + ", not STEADY");
    }
    if (seen.database().versions().differ()) {
      all.add(seen.database().versions().difference() + ": Aurora moves no writer until they are");
    }
    if (Standby.isPrimary(seen)
        && Standby.obstacle(seen.database(), view.policy().lossGuard()).isPresent()) {
      all.add(Standby.text(seen, view));
    }
    if (phase != Phase.STEADY || view.standsIn() == Site.PRIMARY) {
      return;
    }
    ofLease(seen.lease(), last, view, all);
    vote("EXTERNAL", seen.external(), all);
    vote("PEER", seen.peer(), all);
    vote("readiness of the DR Region", seen.readiness(), all);
    if (seen.database().activity() != Activity.IDLE || !seen.database().otherIsReplica()) {
      all.add("database is " + StatusText.database(last));
    }
    if (seen.traffic().anyCopySeen()) {
      all.add("latch is set although the primary Region serves");
    }
    Duration guard = view.policy().lossGuard();
    if (view.estimatedLoss().map(loss -> loss.compareTo(guard) > 0).orElse(true)) {
      all.add(
          "estimated loss must be at most %s for a failover by the machine, got %s"
              .formatted(Ages.text(guard), StatusText.loss(view)));
    }
  }

  /** While the primary Region serves: a failover has to take the lease, and to see it run out. */
  private static void ofLease(
      LeaseReading lease, Recorded last, ControllerView view, List<String> all) {
    if (lease instanceof LeaseReading.Unproven) {
      return;
    }
    boolean renewed =
        lease instanceof LeaseReading.Registered registered && !registered.ranOut(last.at(), LATE);
    if (!renewed) {
      all.add(
          "lease is not renewed by %s as the newest tick saw it: %s"
              .formatted(view.primary(), StatusText.lease(lease, view)));
    }
  }

  private static void vote(String name, Health vote, List<String> all) {
    if (vote != Health.UP) {
      all.add(name + " is " + vote);
    }
  }

  private static void ofData(ControllerView view, List<String> all) {
    if (view.data().isEmpty()) {
      all.add(
          "ledger does not say where the data is: ./dr database init " + view.environment().name());
      return;
    }
    DataRecord data = view.data().get();
    boolean excluded = view.phase().map(Phase::excludesCutover).orElse(false);
    if (data.state() == DataRecord.State.CUTTING_OVER && excluded) {
      all.add(
          "a cutover was cut short: if logins of %s are closed, ./dr database open %s"
              .formatted(data.generation(), view.environment().name()));
    }
  }
}
