package payments.dr.lambda.simulation;

import java.time.Duration;
import payments.dr.lambda.model.Mode;
import payments.dr.lambda.model.Policy;

/** Policies that differ in one rule. */
final class MutantPolicies {

  private MutantPolicies() {}

  static Policy in(Mode mode, Policy p) {
    return changed(p, mode, p.shortestDetection(), p.confirm(), p.lossGuard(), p.coolDown());
  }

  static Policy confirming(Policy p, Duration confirm) {
    return changed(p, p.mode(), p.shortestDetection(), confirm, p.lossGuard(), p.coolDown());
  }

  static Policy coolingDown(Policy p, Duration coolDown) {
    return changed(p, p.mode(), p.shortestDetection(), p.confirm(), p.lossGuard(), coolDown);
  }

  static Policy detecting(Policy p, Duration shortest) {
    return changed(p, p.mode(), shortest, p.confirm(), p.lossGuard(), p.coolDown());
  }

  static Policy guarding(Policy p, Duration loss) {
    return changed(p, p.mode(), p.shortestDetection(), p.confirm(), loss, p.coolDown());
  }

  private static Policy changed(
      Policy p,
      Mode mode,
      Duration shortestDetection,
      Duration confirm,
      Duration lossGuard,
      Duration coolDown) {
    return new Policy(
        p.environment(),
        mode,
        shortestDetection,
        confirm,
        p.patience(),
        p.askAfter(),
        p.heartbeatSilence(),
        lossGuard,
        p.lossTarget(),
        p.leaseMargin(),
        p.prepareCap(),
        p.giveUpAfter(),
        p.promotionTimeout(),
        coolDown,
        p.stableBeforeFailback(),
        p.failbackLag());
  }
}
