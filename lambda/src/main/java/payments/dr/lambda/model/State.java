package payments.dr.lambda.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything the controller remembers between two ticks; the ledger keeps it.
 *
 * @param version the ledger's, one more with every tick
 * @param since when {@code phase} was entered
 * @param coolDownUntil until when the machine starts no failover by itself
 * @param lastOrder id of the newest order that was accepted or refused
 * @param why the newest reason for being here, for humans
 */
public record State(
    long version,
    Phase phase,
    Instant since,
    Incident incident,
    Memory memory,
    Instant coolDownUntil,
    String lastOrder,
    String why) {

  public static final State INITIAL =
      new State(
          0,
          Phase.STEADY,
          Instant.EPOCH,
          Incident.NONE,
          Memory.EMPTY,
          Instant.EPOCH,
          "",
          "never ran before");

  /**
   * Returns how long a time of payments is not in the DR Region. A blind observer must not look
   * optimistic: not having seen the primary Region serve does not mean that it did not. Empty:
   * nothing was ever seen to be replicated, so nobody knows.
   *
   * @param shortestDetection as in {@link Policy}
   */
  public Optional<Duration> estimatedLoss(Duration shortestDetection) {
    if (memory.lastReplicatedAt().equals(Instant.EPOCH)) {
      return Optional.empty();
    }
    Instant mayHaveServedUntil =
        Memory.later(
            memory.lastUpAt(), incident.suspicion().undoubtedUntil().minus(shortestDetection));
    Duration loss = Duration.between(memory.lastReplicatedAt(), mayHaveServedUntil);
    return Optional.of(loss.isNegative() ? Duration.ZERO : loss);
  }

  public State enter(Phase next, Instant now, String reason) {
    Instant entered = next == phase ? since : now;
    return new State(version, next, entered, incident, memory, coolDownUntil, lastOrder, reason);
  }

  public State with(Incident current) {
    return new State(version, phase, since, current, memory, coolDownUntil, lastOrder, why);
  }

  public State with(Memory current) {
    return new State(version, phase, since, incident, current, coolDownUntil, lastOrder, why);
  }

  public State because(String reason) {
    return new State(version, phase, since, incident, memory, coolDownUntil, lastOrder, reason);
  }

  public State coolUntil(Instant end) {
    return new State(version, phase, since, incident, memory, end, lastOrder, why);
  }

  public State took(Order order) {
    return new State(version, phase, since, incident, memory, coolDownUntil, order.id(), why);
  }

  public State next() {
    return new State(version + 1, phase, since, incident, memory, coolDownUntil, lastOrder, why);
  }
}
