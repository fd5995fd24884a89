package payments.dr.lambda.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import payments.dr.lambda.model.Asking;
import payments.dr.lambda.model.Authority;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.Memory;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.State;
import payments.dr.lambda.model.Suspicion;
import payments.dr.lambda.port.Decision;

/** A state as the ledger's values, moments in seconds since 1970; {@link #of} reads it back. */
final class StateValues {

  private StateValues() {}

  /**
   * The next state, and for readers of the ledger how it came about.
   *
   * @param from the phase before
   * @param now when the tick began
   */
  static Map<String, String> of(Decision decision, Phase from, Observation seen, Instant now) {
    State state = decision.next();
    Incident incident = state.incident();
    Memory memory = state.memory();
    Map<String, String> values = new HashMap<>(64);
    values.put("phase", state.phase().name());
    values.put("since", seconds(state.since()));
    values.put("incident", incident.id());
    values.put("generation", incident.generation());
    values.put("promotion", incident.promotion().name());
    values.put("authority", incident.authority().name());
    values.put("suspectedAt", seconds(incident.suspectedAt()));
    values.put("suspicionMillis", Long.toString(incident.suspicion().held().toMillis()));
    values.put("lookedAt", seconds(incident.suspicion().lookedAt()));
    values.put("doubtedSince", seconds(incident.suspicion().since()));
    values.put("attempts", Integer.toString(incident.attempts()));
    values.put("asked", Integer.toString(incident.asking().times()));
    values.put("refusals", Integer.toString(incident.asking().refusals()));
    values.put("askedAt", seconds(incident.asking().lastAt()));
    values.put("refusal", incident.asking().refusal());
    values.put("withdrawn", incident.asking().withdrawn());
    values.put("aborted", Boolean.toString(incident.asking().aborted()));
    values.put("lastUpAt", seconds(memory.lastUpAt()));
    values.put("upSince", seconds(memory.upSince()));
    values.put("downSince", seconds(memory.downSince()));
    values.put("lastReplicatedAt", seconds(memory.lastReplicatedAt()));
    values.put("turnedAt", seconds(memory.turnedAt()));
    values.put("coolDownUntil", seconds(state.coolDownUntil()));
    values.put("lastOrder", state.lastOrder());
    values.put("why", state.why());
    values.put("from", from.name());
    values.put("act", decision.act().label());
    values.put("tickedAt", seconds(now));
    ObservationValues.put(seen, values);
    return values;
  }

  static State of(long version, Map<String, String> values) {
    return new State(
        version,
        named(Phase.class, values, "phase"),
        moment(values, "since"),
        new Incident(
            values.get("incident"),
            values.get("generation"),
            named(Promotion.class, values, "promotion"),
            named(Authority.class, values, "authority"),
            moment(values, "suspectedAt"),
            suspicion(values),
            Integer.parseInt(values.get("attempts")),
            asking(values)),
        new Memory(
            moment(values, "lastUpAt"),
            moment(values, "upSince"),
            momentOrNever(values, "downSince"),
            moment(values, "lastReplicatedAt"),
            momentOrNever(values, "turnedAt")),
        moment(values, "coolDownUntil"),
        values.get("lastOrder"),
        values.get("why"));
  }

  /** A state that an earlier version wrote has none: then it begins with the suspicion. */
  private static Suspicion suspicion(Map<String, String> values) {
    return values.containsKey("lookedAt")
        ? new Suspicion(
            Duration.ofMillis(Long.parseLong(values.get("suspicionMillis"))),
            moment(values, "lookedAt"),
            moment(values, "doubtedSince"))
        : Suspicion.since(moment(values, "suspectedAt"));
  }

  /** An earlier version did not note what it asked: it may have been just before. */
  private static Asking asking(Map<String, String> values) {
    return values.containsKey("asked")
        ? new Asking(
            Integer.parseInt(values.get("asked")),
            Integer.parseInt(values.get("refusals")),
            moment(values, "askedAt"),
            values.get("refusal"),
            values.get("withdrawn"),
            Boolean.parseBoolean(values.get("aborted")))
        : Asking.NONE.asked(moment(values, "tickedAt"));
  }

  /** A state that an earlier version wrote does not have it. */
  private static Instant momentOrNever(Map<String, String> values, String name) {
    return values.containsKey(name) ? moment(values, name) : Instant.EPOCH;
  }

  /**
   * Returns the constant of that name. A later release may have written one that this one does not
   * know: then nothing may be decided upon the entry.
   */
  static <E extends Enum<E>> E named(Class<E> kind, Map<String, String> values, String name) {
    String got = values.get(name);
    List<E> allowed = List.of(kind.getEnumConstants());
    return allowed.stream()
        .filter(constant -> constant.name().equals(got))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    ("%s of the ledger's entry %s must be one of %s, got %s:"
                            + " if a later release wrote it, that one must read it")
                        .formatted(name, StateStore.KEY, allowed, got)));
  }

  /** Empty for null. */
  static String seconds(Instant moment) {
    return moment == null ? "" : Long.toString(moment.getEpochSecond());
  }

  static Instant moment(Map<String, String> values, String name) {
    String seconds = values.get(name);
    return seconds.isEmpty() ? null : Instant.ofEpochSecond(Long.parseLong(seconds));
  }
}
