package payments.dr.operations.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.lambda.loop.AuditTrail;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Promotion;
import payments.dr.ledger.Ledger;
import payments.dr.operations.console.BadInputException;

/**
 * What the new primary was promoted with: everything up to a moment.
 *
 * @param generation that was promoted
 * @param since from when on payments have to be looked at; everything older did arrive
 * @param source where that comes from, for the report
 */
record PromotedPoint(DatabaseGeneration generation, Instant since, String source) {

  /**
   * Replication keeps the order of commits, but a payment's time is the one at which it was made: a
   * transaction may commit long after.
   */
  static final Duration MARGIN = Duration.ofMinutes(15);

  /** Of whoever knows it without the audit trail. */
  static PromotedPoint given(DatabaseGeneration generation, Instant since) {
    return new PromotedPoint(generation, since, "--since");
  }

  /**
   * The newest unplanned failover's, by the DR Region's controller.
   *
   * @throws BadInputException when it made none, or did not see then what had arrived
   */
  static PromotedPoint of(Ledger ledger) {
    List<AuditTrail.Row> promotions =
        AuditTrail.read(ledger).rows().stream()
            .filter(PromotedPoint::isUnplannedPromotion)
            .toList();
    if (promotions.isEmpty()) {
      throw new BadInputException(
          "audit trail must hold an unplanned failover that reached PROMOTING, found none: see ./dr audit; after a promotion by hand say --since, a time before it at which payments still arrived in the other Region");
    }
    String newest = promotions.get(promotions.size() - 1).incident();
    return of(
        promotions.stream().filter(row -> row.incident().equals(newest)).findFirst().orElseThrow());
  }

  private static boolean isUnplannedPromotion(AuditTrail.Row row) {
    return row.recorded().state().phase() == Phase.PROMOTING
        && row.recorded().state().incident().promotion() == Promotion.FAILOVER;
  }

  /**
   * @param row with which the incident entered PROMOTING: later heartbeats come from the new
   *     primary
   */
  private static PromotedPoint of(AuditTrail.Row row) {
    Incident incident = row.recorded().state().incident();
    String name = incident.id().substring(0, Math.min(12, incident.id().length()));
    Instant arrived = row.recorded().state().memory().lastReplicatedAt();
    if (arrived.equals(Instant.EPOCH)) {
      throw new BadInputException(
          "incident %s must know what had arrived in the other Region, but no heartbeat was seen before it promoted at %s: say --since, a time before it at which payments still arrived"
              .formatted(name, row.at()));
    }
    return new PromotedPoint(
        DatabaseGeneration.valueOf(incident.generation().toUpperCase(Locale.ROOT)),
        arrived.minus(MARGIN),
        "incident %s promoted at %s; its newest heartbeat of %s, less %d minutes"
            .formatted(name, row.at(), arrived, MARGIN.toMinutes()));
  }
}
