package payments.dr.operations.drill;

import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.recovery.Recovery;

/** What one can try on a sandbox, in an order in which each leads to the next. */
record ThingsToTry(Environment environment, String page) {

  String text() {
    var failover = environment.config().failover();
    return """

        The sandbox lives: payments flow, and the controller ticks. Leave this running, and try in another terminal:

        1. Open the page           %1$s
        2. Watch the controller    ./dr status %2$s --watch
        3. Break %3$s         make sandbox-break SCENARIO=region-lost
                                   The controller moves payments to %4$s by itself, in %5$d s at most.
        4. Fail back               make sandbox-repair, then ./dr failback %2$s --reason "trying it"
                                   It is taken once %3$s has been well for %6$d s, and lasts about three minutes.
        5. Approve                 make sandbox-break SCENARIO=partition, a minute and a half later SCENARIO=region-lost.
                                   So much was not replicated that the controller asks: ./dr approve %2$s --reason "trying it"

        Ctrl-C ends payments and page, `make destroy` ends everything. More to break: docs/operate/sandbox.md
        """
        .formatted(
            page,
            environment.name(),
            environment.config().regions().primary().name(),
            environment.config().regions().dr().name(),
            Recovery.of(environment).time().seconds(),
            failover.failbackAfterSeconds());
  }
}
