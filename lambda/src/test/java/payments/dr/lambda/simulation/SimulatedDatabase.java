package payments.dr.lambda.simulation;

import java.util.ArrayDeque;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.port.PortException;
import payments.dr.lambda.port.RefusedException;

/** A global cluster: one writer, asynchronous replication, a fence that may fail. */
final class SimulatedDatabase {

  /** How long a former writer that Aurora's fence did not reach goes on, if its Region lives. */
  private static final int FENCE_DELAY = 45;

  /** Until a former writer's Region is a replica again. */
  private static final int REJOIN = 300;

  private static final int HEARTBEAT = 5;
  private static final int LOOK = 5;

  /** A call that is repeated after its first attempt hung, and shows a look later. */
  private static final int LATE = 16;

  private final Weather weather;
  private final Scenario scenario;
  private final ArrayDeque<Integer> heartbeats = new ArrayDeque<>();

  private Site writer = Site.PRIMARY;
  private Promotion operation;
  private Site target;
  private Promotion taken;
  private Site takenTo;
  private int beginsAt;
  private int operationBegan;
  private int operationEnds;
  private int cancelledAt = -10_000;
  private boolean otherIsReplica = true;
  private int formerWriterUntil;
  private int committedAt;
  private int replicatedUpTo;
  private int visibleHeartbeat;
  private int grewAt;
  private int behindThen;
  private int loss = -1;
  private int movedAt = -10_000;

  SimulatedDatabase(Weather weather, Scenario scenario) {
    this.weather = weather;
    this.scenario = scenario;
  }

  Site writer() {
    return writer;
  }

  boolean busy() {
    return operation != null;
  }

  boolean otherIsReplica() {
    return otherIsReplica;
  }

  int visibleHeartbeat() {
    return visibleHeartbeat;
  }

  /**
   * Until when the replica's own lag says that everything is there, if its log has grown since the
   * look before; -1: it does not. A lag that froze just after that look is believed once more.
   */
  int provedUntil(int now) {
    return writer == Site.PRIMARY && now - grewAt < LOOK ? now - behindThen : -1;
  }

  /** When the writer last came to be where it is. */
  int movedAt() {
    return movedAt;
  }

  /** Seconds of payments that the newest completed failover lost; -1: there was none. */
  int loss() {
    return loss;
  }

  boolean primaryWritable(int now) {
    if (!weather.primaryDatabaseUp()) {
      return false;
    }
    if (writer == Site.DR) {
      return now < formerWriterUntil;
    }
    return untouched();
  }

  boolean drWritable(int now) {
    if (!weather.drUp()) {
      return false;
    }
    return writer == Site.DR ? untouched() : now < formerWriterUntil;
  }

  /** Whether what moves the writer, if anything does, leaves it writing until it is done. */
  private boolean untouched() {
    return operation == null || operation == Promotion.FAILOVER && !fenceReached();
  }

  /** As RDS takes it in a Region that reaches it. */
  void promote(Site to, Promotion how, int now) {
    if (weather.on(SimulatedFault.RDS_REFUSES)) {
      throw new RefusedException("RDS refused the " + how, null);
    }
    if (operation != null || writer == to || !otherIsReplica) {
      throw new RefusedException("InvalidGlobalClusterStateFault", null);
    }
    boolean healthy = weather.linked() && weather.primaryDatabaseUp();
    if (how == Promotion.SWITCHOVER && !healthy) {
      throw new RefusedException("both Regions must be healthy", null);
    }
    if (weather.on(SimulatedFault.RDS_LATE)) {
      taken = how;
      takenTo = to;
      beginsAt = now + LATE;
      throw new PortException("RDS does not answer");
    }
    begin(to, how, now);
  }

  private void begin(Site to, Promotion how, int now) {
    operation = how;
    target = to;
    operationBegan = now;
    operationEnds = now + scenario.timing().promotion();
  }

  /** Where the writer moves to, or will, though nobody sees it yet; null: nowhere. */
  Site target() {
    return operation != null ? target : taken != null ? takenTo : null;
  }

  /**
   * @param paymentsCommit whether the primary Region commits payments in this second
   * @return whether a failover was completed now
   */
  boolean step(int now, boolean paymentsCommit) {
    if (paymentsCommit) {
      committedAt = now;
    }
    if (taken != null && now >= beginsAt) {
      if (operation == null && writer != takenTo) {
        begin(takenTo, taken, now);
      }
      taken = null;
    }
    boolean completed = operation != null && now >= operationEnds && complete(now);
    if (!otherIsReplica
        && (writer == Site.DR ? primaryJoins() : drJoins())
        && now > formerWriterUntil + REJOIN) {
      otherIsReplica = true;
    }
    replicate(now);
    return completed;
  }

  /** As RDS shows a move that has begun. */
  Site movingTo(int now) {
    boolean begun = now - operationBegan >= scenario.timing().begin();
    return operation != null && begun ? target : Site.UNKNOWN;
  }

  /** When a move that had begun was last cancelled. */
  int cancelledAt() {
    return cancelledAt;
  }

  private boolean complete(int now) {
    if (weather.on(SimulatedFault.RDS_CANCELS)) {
      operation = null;
      cancelledAt = now;
      return false;
    }
    if (operation == Promotion.SWITCHOVER) {
      operation = null;
      if (!weather.linked()) {
        cancelledAt = now;
        return false;
      }
      otherIsReplica = true;
      formerWriterUntil = 0;
    } else {
      if (target == Site.DR ? !weather.drUp() : !weather.primaryDatabaseUp()) {
        return false;
      }
      operation = null;
      loss = Math.max(0, committedAt - replicatedUpTo);
      formerWriterUntil = fenceReached() ? now : now + FENCE_DELAY;
      otherIsReplica = false;
    }
    boolean failedOver = !otherIsReplica;
    writer = target;
    movedAt = now;
    return failedOver;
  }

  private void replicate(int now) {
    boolean heartbeat = now % HEARTBEAT == 0;
    if (writer == Site.DR) {
      replicatedUpTo = now;
      visibleHeartbeat = heartbeat && drWritable(now) ? now : visibleHeartbeat;
      return;
    }
    boolean beats = heartbeat && !weather.on(SimulatedFault.NO_HEARTBEATS) && primaryWritable(now);
    if (beats) {
      heartbeats.addLast(now);
    }
    if (weather.linked()) {
      boolean behind = weather.on(SimulatedFault.LAG);
      replicatedUpTo = behind ? replicatedUpTo + now % 2 : now;
      if (beats || committedAt == now) {
        grewAt = now;
        behindThen = now - replicatedUpTo;
      }
    }
    while (!heartbeats.isEmpty() && heartbeats.peekFirst() <= replicatedUpTo) {
      visibleHeartbeat = Math.max(visibleHeartbeat, heartbeats.removeFirst());
    }
  }

  private boolean primaryJoins() {
    return weather.primaryUp()
        && weather.drUp()
        && !weather.on(SimulatedFault.CONTROL_PLANE)
        && !weather.on(SimulatedFault.DATABASE);
  }

  private boolean drJoins() {
    return weather.drUp() && weather.primaryUp();
  }

  private boolean fenceReached() {
    return scenario.fenceWorks() && weather.linked() && !weather.on(SimulatedFault.CONTROL_PLANE);
  }
}
