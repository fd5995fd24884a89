package payments.dr.lambda.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.lease.BestEffortLease;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.EngineVersions;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;
import payments.dr.lambda.orders.LedgerOrders;
import payments.dr.lambda.port.Act;
import payments.dr.lambda.port.Decision;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.Holder;
import payments.dr.ledger.InMemoryLedger;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;
import payments.dr.ledger.Mutex;
import payments.dr.ledger.TestClock;

/** docs/reference/cost.md reckons with what the controller asks and writes, and adds up. */
class CostTableTest {

  private static final long STARTS_A_MONTH = 730 * 60;

  /** The customers' name and the checkers' verdict, each asked of all servers of a zone. */
  private static final int QUERIES_A_TICK = 2 * 4;

  /** What CloudWatch Logs adds to each line. */
  private static final int LINE_OVERHEAD = 26;

  private static final String LINE =
      "1.0 2026-11-29T16:08:02.130Z Z0123456789ABCDEFGHIJ external.payments-prod.example.com TXT"
          + " NOERROR UDP IAD12-C1 203.0.113.17 -";

  /** Bytes of an entry that one unit of writing holds; a transaction takes two of them. */
  private static final int WRITE_UNIT = 1024;

  private static List<String> rows;

  @BeforeAll
  static void read() throws IOException {
    String page = Files.readString(Path.of("../docs/reference/cost.md"));
    String table = page.substring(0, page.indexOf("Levers:"));
    rows = table.lines().filter(line -> line.startsWith("| ")).toList();
  }

  @Test
  void dns_queries_are_those_of_every_tick_of_the_region_that_decides() {
    double millions = ticksAMonth() * QUERIES_A_TICK / 1e6;
    double logged = millions * (LINE.length() + LINE_OVERHEAD) / 1e3;

    assertEquals(
        String.format(
            Locale.ROOT, "%.1f million × 0.40 + %.1f GB × 0.50 + 3 GB × 0.03", millions, logged),
        quantity("DNS queries of the controller, and their log"));
  }

  @Test
  void ledger_is_read_and_written_in_every_tick() {
    CountingLedger ledger = new CountingLedger();
    Tick tick = tick(ledger);
    tick.run();
    ledger.forget();
    tick.run();

    assertEquals(1, ledger.writes.size());
    int units = ledger.writes.get(0).stream().mapToInt(change -> 2 * units(change)).sum();
    // The function in the primary Region reads once whether it is wanted.
    assertEquals(
        String.format(
            Locale.ROOT,
            "%.2f million looks × (%d × 0.625 + %d × 0.125)",
            ticksAMonth() / 1e6,
            units,
            ledger.reads + 1),
        quantity("Ledger writes and reads"));
  }

  @Test
  void each_row_and_each_column_adds_up() {
    List<String[]> items = rows.stream().skip(1).map(row -> row.split("\\s*\\|\\s*")).toList();
    String[] total = items.get(items.size() - 1);
    for (int column : IntStream.rangeClosed(3, 5).toArray()) {
      BigDecimal sum =
          items.subList(0, items.size() - 1).stream()
              .map(item -> amount(item[column]))
              .reduce(BigDecimal.ZERO, BigDecimal::add);

      assertEquals(amount(total[column]), sum, "column " + column);
    }
    assertTrue(items.size() > 20, items.size() + " rows");
  }

  private static long ticksAMonth() {
    return STARTS_A_MONTH * (Invocation.SPAN.toSeconds() / Invocation.PACE.toSeconds() + 1);
  }

  private static String quantity(String item) {
    return rows.stream()
        .map(row -> row.split("\\s*\\|\\s*"))
        .filter(cells -> cells[1].equals(item))
        .map(cells -> cells[2])
        .findFirst()
        .orElse("no row " + item);
  }

  private static BigDecimal amount(String cell) {
    return new BigDecimal(cell.replace("*", "").replace(",", ""));
  }

  /** A check of a version takes what a write of the entry would; that of the data is small. */
  private static int units(LedgerChange change) {
    if (change.values() == null) {
      return 1;
    }
    int bytes =
        Stream.concat(
                Stream.of(
                    change.key().entity(), change.key().entry(), "entity", "entry", "version"),
                change.values().entrySet().stream()
                    .flatMap(value -> Stream.of(value.getKey(), value.getValue())))
            .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
            .sum();
    return (bytes + WRITE_UNIT - 1) / WRITE_UNIT;
  }

  /** All is well, and was before. */
  private static Tick tick(Ledger ledger) {
    TestClock clock = new TestClock();
    ledger.write(List.of(DataRecord.first("v2", "us-east-1", clock.instant())));
    return new Tick(
        (state, seen, control, now) ->
            new Decision(
                new State(
                    state.version() + 1,
                    Phase.STEADY,
                    clock.instant(),
                    Incident.NONE,
                    state.memory(),
                    Instant.EPOCH,
                    "approve-1a2b3c4d",
                    "the primary Region serves, and DR is ready to take over"),
                new Act.Nothing()),
        new StateStore(
            ledger,
            new Mutex(ledger, clock, Mutex.TTL),
            new Holder("failover-lambda-prod in us-east-2", "failover"),
            new StateStore.RegionNames("us-east-1", "us-east-2")),
        (generation, lease) -> well(generation, lease, clock.instant()),
        new LedgerOrders(ledger),
        new BestEffortLease(ledger),
        null,
        null,
        clock,
        Duration.ZERO.minusSeconds(1));
  }

  private static Observation well(String generation, LeaseReading lease, Instant now) {
    return new Observation(
        Health.UP,
        Health.UP,
        Health.UP,
        generation,
        new Observation.Database(
            Site.PRIMARY, Activity.IDLE, now, true, Duration.ofSeconds(1), EngineVersions.UNSEEN),
        new Observation.Traffic(Presence.ABSENT, Presence.ABSENT, Site.PRIMARY, false),
        lease);
  }

  private static final class CountingLedger implements Ledger {

    private final Ledger kept = new InMemoryLedger();
    private final List<List<LedgerChange>> writes = new ArrayList<>();
    private int reads;

    void forget() {
      writes.clear();
      reads = 0;
    }

    @Override
    public Optional<LedgerEntry> read(LedgerKey key) {
      reads++;
      return kept.read(key);
    }

    @Override
    public List<LedgerEntry> readAll(String entity) {
      reads++;
      return kept.readAll(entity);
    }

    @Override
    public void write(List<LedgerChange> changes) {
      writes.add(changes);
      kept.write(changes);
    }
  }
}
