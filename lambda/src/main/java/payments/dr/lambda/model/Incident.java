package payments.dr.lambda.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * One move of the writer, from suspicion or order to its close, and the way back where an order
 * follows it.
 *
 * @param id the same for every invocation that sees the same ledger, hence safe to repeat
 * @param generation the database generation that moves
 * @param suspectedAt when it was opened: the quorum was seen first, the checkers alone had said
 *     DOWN for too long, or a human ordered
 * @param suspicion what the looks since then say
 * @param attempts how often stopping the writer was ordered
 * @param asking what was asked of AWS to move the writer
 */
public record Incident(
    String id,
    String generation,
    Promotion promotion,
    Authority authority,
    Instant suspectedAt,
    Suspicion suspicion,
    int attempts,
    Asking asking) {

  public static final Incident NONE =
      new Incident(
          "-",
          "-",
          Promotion.FAILOVER,
          Authority.MACHINE,
          Instant.EPOCH,
          Suspicion.since(Instant.EPOCH),
          0,
          Asking.NONE);

  /**
   * Opens an incident.
   *
   * @param active the Region that is left
   * @param epoch the ledger's version when it began
   */
  public static Incident open(
      String environment,
      String generation,
      Site active,
      long epoch,
      Promotion promotion,
      Authority authority,
      Instant now) {
    String id = id(environment, generation, active, epoch);
    return new Incident(
        id, generation, promotion, authority, now, Suspicion.since(now), 0, Asking.NONE);
  }

  public static String id(String environment, String generation, Site active, long epoch) {
    String identity = String.join("\n", environment, generation, active.name(), "" + epoch);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns this incident after a decision to fail over, for which AWS is asked anew. */
  public Incident decidedBy(Authority decider) {
    return new Incident(
        id,
        generation,
        Promotion.FAILOVER,
        decider,
        suspectedAt,
        suspicion,
        attempts,
        asking.anew());
  }

  /**
   * Returns this incident with its final generation: a cutover may have moved it since the
   * suspicion.
   */
  public Incident of(String active) {
    return new Incident(id, active, promotion, authority, suspectedAt, suspicion, attempts, asking);
  }

  public Incident attempted() {
    return new Incident(
        id, generation, promotion, authority, suspectedAt, suspicion, attempts + 1, asking);
  }

  /** Returns this incident after one more look. */
  public Incident weighed(Suspicion after) {
    return new Incident(id, generation, promotion, authority, suspectedAt, after, attempts, asking);
  }

  /**
   * Returns this incident as one that follows another, whose fence may stand, and whose calls to
   * AWS may still move the writer.
   */
  public Incident after(Incident former) {
    return new Incident(
        id,
        generation,
        promotion,
        authority,
        suspectedAt,
        suspicion,
        former.attempts(),
        former.asking().anew());
  }

  /** Returns this incident on the way back, which a human planned at {@code now}. */
  public Incident returning(Instant now) {
    return new Incident(
        id,
        generation,
        Promotion.SWITCHOVER,
        Authority.HUMAN,
        now,
        suspicion,
        attempts,
        Asking.NONE);
  }

  /** Returns this incident with what became of asking AWS. */
  public Incident with(Asking changed) {
    return new Incident(
        id, generation, promotion, authority, suspectedAt, suspicion, attempts, changed);
  }
}
