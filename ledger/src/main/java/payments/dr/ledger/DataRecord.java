package payments.dr.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the data is: the entry {@code DATA}. The environment file tells where traffic should go;
 * while the two disagree, only the cutover that is under way may bring them together.
 *
 * <p>Written by the holder of the mutex, with the changes that this record offers, and only so:
 *
 * <ul>
 *   <li>{@link #first} by {@code ./dr database init}, when there is one generation and it is empty;
 *   <li>{@link #begin} by a cutover or rollback, before it fences the generation that it leaves;
 *   <li>{@link #moved} by it when the other generation has all the data: the point of no return;
 *   <li>{@link #end} by it when the pointer is moved, or when it gave up before that point;
 *   <li>{@link #stated} in the primary Region's ledger by a human who orders the way home, since
 *       the ledger that knows is in the Region that is lost;
 *   <li>{@link #writer} by a failover or switchover, once the other Region writes.
 * </ul>
 *
 * @param version of the entry that this was read from
 * @param generation the one that holds the data, such as {@code v1}
 * @param writerRegion such as {@code us-east-1}
 * @param since when it came to be in this state
 * @param cutover the one under way
 */
public record DataRecord(
    long version,
    String generation,
    String writerRegion,
    Instant since,
    Optional<Cutover> cutover) {

  public static final LedgerKey KEY = LedgerKey.of("DATA");

  /** Whether somebody moves the data between generations. */
  public enum State {
    STEADY,
    CUTTING_OVER
  }

  /**
   * A cutover or rollback under way.
   *
   * @param owner such as {@code v1-v2}
   * @param to generation that gets the data
   * @param planHash SHA-256, in hex, of the saved plan that moves the pointer
   */
  public record Cutover(String owner, String to, String planHash) {}

  public static Optional<DataRecord> read(Ledger ledger) {
    return ledger.read(KEY).map(DataRecord::of);
  }

  public static LedgerChange first(String generation, String writerRegion, Instant now) {
    return LedgerChange.create(
        KEY, new DataRecord(0, generation, writerRegion, now, Optional.empty()).values());
  }

  /**
   * Returns the write that states where the data is.
   *
   * @param before what the ledger held until now
   */
  public static LedgerChange stated(
      Optional<DataRecord> before, String generation, String writerRegion, Instant now) {
    long version = before.map(DataRecord::version).orElse(0L);
    DataRecord stated = new DataRecord(version, generation, writerRegion, now, Optional.empty());
    return stated.change(stated);
  }

  public State state() {
    return cutover.isPresent() ? State.CUTTING_OVER : State.STEADY;
  }

  /**
   * Returns the write that begins a cutover.
   *
   * @throws IllegalStateException unless STEADY, in another generation than the cutover's
   */
  public LedgerChange begin(Cutover next, Instant now) {
    demand(cutover.isEmpty() && !generation.equals(next.to()), "be STEADY, not in " + next.to());
    return change(new DataRecord(version, generation, writerRegion, now, Optional.of(next)));
  }

  /**
   * Returns the write that moves the data to the generation of the cutover.
   *
   * @throws IllegalStateException unless in a cutover before its point of no return
   */
  public LedgerChange moved(Instant now) {
    demand(
        cutover.filter(current -> !current.to().equals(generation)).isPresent(),
        "be CUTTING_OVER to another generation");
    return change(new DataRecord(version, cutover.orElseThrow().to(), writerRegion, now, cutover));
  }

  /**
   * Returns the write that ends a cutover.
   *
   * @throws IllegalStateException unless in a cutover
   */
  public LedgerChange end(Instant now) {
    demand(cutover.isPresent(), "be CUTTING_OVER");
    return change(new DataRecord(version, generation, writerRegion, now, Optional.empty()));
  }

  public LedgerChange writer(String region, Instant now) {
    return change(new DataRecord(version, generation, region, now, cutover));
  }

  /**
   * Returns a text such as {@code v1 in us-east-1, CUTTING_OVER to v2 since 2026-01-01T00:00:00Z}.
   */
  @Override
  public String toString() {
    return "%s in %s, %s%s since %s"
        .formatted(
            generation,
            writerRegion,
            state(),
            cutover.map(current -> " to " + current.to()).orElse(""),
            since);
  }

  private void demand(boolean fits, String what) {
    if (!fits) {
      throw new IllegalStateException("data must " + what + ", got " + this);
    }
  }

  private LedgerChange change(DataRecord next) {
    return new LedgerChange(KEY, version, next.values());
  }

  private Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    values.put("generation", generation);
    values.put("writerRegion", writerRegion);
    values.put("state", state().name());
    values.put("since", since.toString());
    cutover.ifPresent(
        current -> {
          values.put("owner", current.owner());
          values.put("to", current.to());
          values.put("planHash", current.planHash());
        });
    return values;
  }

  private static DataRecord of(LedgerEntry entry) {
    Map<String, String> values = entry.values();
    return new DataRecord(
        entry.version(),
        values.get("generation"),
        values.get("writerRegion"),
        Instant.parse(values.get("since")),
        State.valueOf(values.get("state")) == State.STEADY
            ? Optional.empty()
            : Optional.of(
                new Cutover(values.get("owner"), values.get("to"), values.get("planHash"))));
  }
}
