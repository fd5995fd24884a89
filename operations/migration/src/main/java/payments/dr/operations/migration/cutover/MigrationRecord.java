package payments.dr.operations.migration.cutover;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The record of a migration in the ledger.
 *
 * @param home the generation that the migration began in
 * @param source the generation that has the data, until {@code moved}
 * @param target the one that follows it
 * @param step begun last within the phase; empty at the end of a phase
 * @param moved whether the cutover under way is past its point of no return
 * @param notes times and measurements by name
 */
public record MigrationRecord(
    MigrationPhase phase,
    String home,
    String source,
    String target,
    String step,
    boolean moved,
    Map<String, String> notes) {

  private static final String FENCED_AT = "fencedAt";
  private static final String OPENED_AT = "openedAt";
  private static final String ABORTED_AT = "abortedAt";
  private static final String VERIFIED = "verified";
  private static final String STARTED_AT = "startedAt";
  private static final String DECIDED = "decided.";

  public MigrationRecord {
    notes = Map.copyOf(notes);
  }

  static MigrationRecord begin(String source, String target) {
    return new MigrationRecord(
        MigrationPhase.PREPARING, source, source, target, "", false, Map.of());
  }

  MigrationRecord at(MigrationPhase nextPhase, String nextStep) {
    return new MigrationRecord(nextPhase, home, source, target, nextStep, moved, notes);
  }

  MigrationRecord pastTheReturn() {
    return new MigrationRecord(phase, home, source, target, step, true, notes);
  }

  /**
   * The end of a cutover: what was the target has the data, and the other follows. The cutover
   * itself has compared them, so the time that a comparison takes stays known; and decisions stay.
   */
  @SuppressWarnings("ArgumentSelectionDefectChecker") // the sides are swapped on purpose
  MigrationRecord turned() {
    Map<String, String> kept = new HashMap<>(notes);
    kept.keySet().removeIf(name -> !name.startsWith(DECIDED));
    MigrationRecord next =
        new MigrationRecord(MigrationPhase.REPLICATING, home, target, source, "", false, kept);
    return verified().map(next::verified).orElse(next);
  }

  private MigrationRecord with(String name, String value) {
    Map<String, String> more = new HashMap<>(notes);
    more.put(name, value);
    return new MigrationRecord(phase, home, source, target, step, moved, more);
  }

  MigrationRecord fenced(Instant at) {
    return with(FENCED_AT, at.toString());
  }

  public Optional<Instant> fencedAt() {
    return Optional.ofNullable(notes.get(FENCED_AT)).map(Instant::parse);
  }

  MigrationRecord opened(Instant at) {
    return with(OPENED_AT, at.toString());
  }

  /** Returns when the cutover under way opened the target, or was about to. */
  Optional<Instant> openedAt() {
    return Optional.ofNullable(notes.get(OPENED_AT)).map(Instant::parse);
  }

  MigrationRecord aborted() {
    return with(ABORTED_AT, step);
  }

  String abortedAt() {
    return notes.getOrDefault(ABORTED_AT, "");
  }

  MigrationRecord started(Instant at) {
    return with(STARTED_AT, at.toString());
  }

  public Optional<Instant> startedAt() {
    return Optional.ofNullable(notes.get(STARTED_AT)).map(Instant::parse);
  }

  MigrationRecord verified(Duration took) {
    return with(VERIFIED, took.toString());
  }

  /** Returns how long the last comparison that found both sides equal took. */
  public Optional<Duration> verified() {
    return Optional.ofNullable(notes.get(VERIFIED)).map(Duration::parse);
  }

  MigrationRecord decided(Map<String, String> reasons) {
    MigrationRecord next = this;
    for (Map.Entry<String, String> reason : reasons.entrySet()) {
      next = next.with(DECIDED + reason.getKey(), reason.getValue());
    }
    return next;
  }

  /** Returns why findings of preflight were accepted, by their checks. */
  public Map<String, String> decisions() {
    Map<String, String> decisions = new TreeMap<>();
    notes.forEach(
        (name, value) -> {
          if (name.startsWith(DECIDED)) {
            decisions.put(name.substring(DECIDED.length()), value);
          }
        });
    return decisions;
  }

  /** Returns what people call the phase: it depends on the direction. */
  public String label() {
    boolean forward = source.equals(home);
    return switch (phase) {
      case REPLICATING -> forward ? "REPLICATING" : "SOAKING";
      case SWITCHING -> forward ? "CUTTING_OVER" : "ROLLING_BACK";
      default -> phase.name();
    };
  }

  Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    notes.forEach((name, value) -> values.put("note." + name, value));
    values.put("phase", phase.name());
    values.put("home", home);
    values.put("source", source);
    values.put("target", target);
    values.put("step", step);
    values.put("moved", String.valueOf(moved));
    return values;
  }

  static MigrationRecord of(Map<String, String> values) {
    Map<String, String> notes = new HashMap<>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith("note.")) {
            notes.put(name.substring("note.".length()), value);
          }
        });
    return new MigrationRecord(
        MigrationPhase.valueOf(values.get("phase")),
        values.get("home"),
        values.get("source"),
        values.get("target"),
        values.get("step"),
        Boolean.parseBoolean(values.get("moved")),
        notes);
  }
}
