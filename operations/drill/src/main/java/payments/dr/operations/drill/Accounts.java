package payments.dr.operations.drill;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.drill.load.AcknowledgedPayment;
import payments.dr.operations.drill.record.DrillRecord.Balance;
import payments.dr.operations.postgres.Cluster;

/**
 * Compares the payments that customers were told of with those in the database.
 *
 * @param booked ids by idempotency key
 */
record Accounts(List<AcknowledgedPayment> acknowledged, Map<String, Set<String>> booked) {

  private static final String BOOKED = "SELECT idempotency_key, id FROM payments";

  /**
   * @param cluster that writes now
   */
  static Accounts of(List<AcknowledgedPayment> acknowledged, Cluster cluster) {
    Map<String, Set<String>> booked = new HashMap<>();
    try (Connection connection = cluster.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(BOOKED)) {
      while (rows.next()) {
        booked.computeIfAbsent(rows.getString(1), key -> new HashSet<>()).add(rows.getString(2));
      }
    } catch (SQLException e) {
      throw new CommandFailedException(
          "payments of " + cluster.generation() + " must be readable, got " + e.getMessage());
    }
    return new Accounts(acknowledged, booked);
  }

  List<AcknowledgedPayment> lost() {
    return acknowledged.stream().filter(payment -> !booked.containsKey(payment.key())).toList();
  }

  /**
   * @param kept keys that the former primary left behind
   */
  Balance balance(Set<String> kept) {
    List<AcknowledgedPayment> lost = lost();
    return new Balance(
        acknowledged.size(),
        lost.size(),
        lost.stream().filter(payment -> kept.contains(payment.key())).count(),
        doubled());
  }

  /**
   * Keys under which money moves twice: of several ids, or of another one than the customer's. The
   * table refuses the former by itself; the latter is a payment that was acknowledged, lost, and
   * made once more.
   */
  private long doubled() {
    Map<String, Set<String>> known = new HashMap<>();
    acknowledged.forEach(
        payment -> known.computeIfAbsent(payment.key(), key -> new HashSet<>()).add(payment.id()));
    booked.forEach((key, ids) -> known.merge(key, ids, Accounts::union));
    return known.values().stream().filter(ids -> ids.size() > 1).count();
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  /** From the first lost payment to the last; empty: none is lost. */
  Optional<Duration> span() {
    List<Instant> answers =
        lost().stream()
            .map(AcknowledgedPayment::answered)
            .sorted(Comparator.naturalOrder())
            .toList();
    return answers.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.between(answers.get(0), answers.get(answers.size() - 1)));
  }
}
