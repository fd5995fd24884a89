package payments.dr.operations.restore;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.postgres.PaymentTable;

/**
 * Looks whether a restored database has what it should: by itself, and against the one that writes,
 * where that lives. Writes nothing into either.
 *
 * @param time of which the restored data is
 */
record Validation(PaymentTable payments, Instant time) {

  /**
   * Heartbeats come every few seconds; a snapshot may be older than AWS Backup's record of it, and
   * of a Region that follows it has what had arrived.
   */
  private static final Duration OLDEST_BEAT = Duration.ofMinutes(30);

  /** A payment has the time at which it was made: its transaction may commit long after. */
  private static final Duration MARGIN = Duration.ofMinutes(15);

  /**
   * Returns what was found.
   *
   * @param source the cluster that writes; asking for it may fail
   * @throws CommandFailedException when the restored one cannot be read
   */
  List<Finding> of(Cluster restored, Supplier<Cluster> source) {
    try (Connection connection = restored.connect()) {
      Contents contents = Contents.of(connection, payments);
      List<Finding> findings = new ArrayList<>(alone(contents, Contents.rows(connection)));
      Optional<Instant> until =
          contents.newest().map(newest -> contents.beat().orElse(newest).minus(MARGIN));
      if (until.isPresent()) {
        Contents.Payments own = Contents.Payments.before(until.get(), connection, payments);
        findings.addAll(against(source, contents, own, until.get()));
      }
      return findings;
    } catch (SQLException e) {
      throw new CommandFailedException(
          "restored database must be readable, got \"%s\"; it has the administrator's password of the time of the backup, and is reached from the fleet's network alone: run the same command there"
              .formatted(e.getMessage()));
    }
  }

  private List<Finding> alone(Contents contents, SortedMap<String, String> rows) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.good(
            "PostgreSQL %s, %d tables, schema %s"
                .formatted(contents.version(), rows.size(), brief(contents.schema()))));
    findings.add(
        Finding.good(
            "rows: "
                + rows.entrySet().stream()
                    .map(table -> table.getKey() + " " + table.getValue())
                    .collect(Collectors.joining(", "))));
    findings.add(
        contents
            .newest()
            .map(newest -> Finding.good("newest payment made " + newest))
            .orElseGet(
                () ->
                    Finding.attention(
                        "table %s must have payments, got none or no such table (see --table)"
                            .formatted(payments.table()))));
    findings.add(contents.beat().map(this::loss).orElseGet(Validation::noBeat));
    return findings;
  }

  private Finding loss(Instant beat) {
    Duration before = Duration.between(beat, time);
    String text =
        "newest heartbeat %s, %d s before the time of the backup, %s: what was committed after it is not in it"
            .formatted(beat, before.toSeconds(), time);
    return before.compareTo(OLDEST_BEAT) > 0 ? Finding.attention(text) : Finding.good(text);
  }

  private static Finding noBeat() {
    return Finding.attention(
        "table payments_dr.heartbeat must have a row, got none: nothing tells until when the data goes");
  }

  private List<Finding> against(
      Supplier<Cluster> source, Contents restored, Contents.Payments own, Instant until) {
    try (Connection connection = source.get().connect()) {
      Contents running = Contents.of(connection, payments);
      if (running.newest().isEmpty()) {
        return List.of(
            Finding.good(
                "the database that writes has no payments: %d are in the restored one alone"
                    .formatted(own.all())));
      }
      Contents.Payments its = Contents.Payments.before(until, connection, payments);
      return List.of(
          running.schema().equals(restored.schema())
              ? Finding.good("schema as in the database that writes")
              : Finding.attention(
                  "schema must be as in the database that writes, got %s there and %s restored: a later release may not run on it"
                      .formatted(brief(running.schema()), brief(restored.schema()))),
          compared(own, its, until));
    } catch (SQLException | BadInputException | CommandFailedException e) {
      return List.of(Finding.good("not compared with the database that writes: " + e.getMessage()));
    }
  }

  private Finding compared(Contents.Payments own, Contents.Payments its, Instant until) {
    if (own.equals(its)) {
      return Finding.good(
          "%d payments until %s as in the database that writes, %d of the last day by checksum"
              .formatted(own.all(), until, own.day()));
    }
    if (own.all() < its.all()) {
      return Finding.attention(
          "payments until %s must be as many as in the database that writes, %d, got %d: %d are missing"
              .formatted(until, its.all(), own.all(), its.all() - own.all()));
    }
    if (own.all() > its.all()) {
      return Finding.good(
          "%d payments until %s are in the restored database, and %d in the one that writes: %d are in the restored one alone"
              .formatted(own.all(), until, its.all(), own.all() - its.all()));
    }
    return Finding.attention(
        "payments of the day before %s must have the checksum that they have in the database that writes, %s, got %s: as many, with other contents in one of the two"
            .formatted(until, its.checksum(), own.checksum()));
  }

  private static String brief(String digest) {
    return digest.substring(0, Math.min(8, digest.length()));
  }
}
