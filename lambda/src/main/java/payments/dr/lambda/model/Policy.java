package payments.dr.lambda.model;

import java.time.Duration;

/**
 * The environment's rules for its controller.
 *
 * @param shortestDetection how soon after a fault EXTERNAL may turn DOWN: the primary Region may
 *     have served until that long before the suspicion, even if nobody saw it
 * @param confirm how long the quorum must hold, as {@link Suspicion} counts it
 * @param patience how much longer to look for what may pass, before a human is asked; and for how
 *     long a planned move may keep payments away before it begins
 * @param askAfter how long EXTERNAL may be DOWN, with or without a quorum, before a human is asked
 * @param heartbeatSilence age of the newest heartbeat at which REPLICATION turns DOWN
 * @param lossGuard estimated loss above which the machine asks
 * @param lossTarget proven loss above which the machine asks
 * @param leaseMargin added to a lease's end for clocks that differ and for the last commits
 * @param prepareCap how long to try to stop old writes that no lease proves to have stopped
 * @param giveUpAfter after which a failover that cannot begin is given up for now: it cannot be
 *     prepared, or AWS refuses it
 * @param promotionTimeout after which a move of the writer that RDS took is no longer waited for
 * @param coolDown after a close or an abort
 * @param stableBeforeFailback how long EXTERNAL must have been UP
 * @param failbackLag how far behind the primary Region may be
 */
public record Policy(
    String environment,
    Mode mode,
    Duration shortestDetection,
    Duration confirm,
    Duration patience,
    Duration askAfter,
    Duration heartbeatSilence,
    Duration lossGuard,
    Duration lossTarget,
    Duration leaseMargin,
    Duration prepareCap,
    Duration giveUpAfter,
    Duration promotionTimeout,
    Duration coolDown,
    Duration stableBeforeFailback,
    Duration failbackLag) {

  /** Returns a policy with the figures that the recovery budget calls recommended. */
  public static Policy recommended(String environment, Mode mode) {
    return new Policy(
        environment,
        mode,
        Duration.ofSeconds(20),
        Duration.ofSeconds(25),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2),
        Duration.ofSeconds(25),
        Duration.ofSeconds(57),
        Duration.ofSeconds(60),
        Duration.ofSeconds(8),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(300),
        Duration.ofMinutes(30),
        Duration.ofMinutes(10),
        Duration.ofSeconds(5));
  }

  /** Returns the same rules with what the environment's settings say of its own timing. */
  public Policy timed(
      Duration ownDetection,
      Duration ownConfirm,
      Duration ownLossTarget,
      Duration ownCoolDown,
      Duration ownStableBeforeFailback) {
    return new Policy(
        environment,
        mode,
        ownDetection,
        ownConfirm,
        patience,
        askAfter,
        heartbeatSilence,
        lossGuard,
        ownLossTarget,
        leaseMargin,
        prepareCap,
        giveUpAfter,
        promotionTimeout,
        ownCoolDown,
        ownStableBeforeFailback,
        failbackLag);
  }

  /** Returns the same rules for a controller that starts nothing by itself. */
  public Policy observing() {
    return new Policy(
        environment,
        Mode.OBSERVE,
        shortestDetection,
        confirm,
        patience,
        askAfter,
        heartbeatSilence,
        lossGuard,
        lossTarget,
        leaseMargin,
        prepareCap,
        giveUpAfter,
        promotionTimeout,
        coolDown,
        stableBeforeFailback,
        failbackLag);
  }
}
