package payments.dr.operations.orders;

import payments.dr.lambda.model.Order;
import payments.dr.operations.controller.ControllerClient;
import picocli.CommandLine.Command;

/** One command for each order. */
public final class OrderCommands {

  private OrderCommands() {}

  /** {@code ./dr approve} orders a failover that waits for a human. */
  @Command(
      name = "approve",
      description = {
        "Lets a failover begin that the controller has prepared, but may not start by itself.",
        "In phase AWAITING_APPROVAL only; `./dr status` tells what forbids it. What was not replicated is lost."
      },
      footer = "  ./dr approve prod --reason \"us-east-1 confirmed down, case 1234\"")
  public static final class Approve extends OrderCommand {

    Approve() {
      this(ControllerClient::of);
    }

    Approve(ControllerClient.Factory controllers) {
      super(Order.Kind.APPROVE, controllers);
    }
  }

  /** {@code ./dr force} orders a failover now. */
  @Command(
      name = "force",
      description = {
        "Fails over now, whatever the signals say: stops old writes as far as it can, promotes the DR Region, leads customers there.",
        "Yields only to a DR Region that is not ready. What was not replicated is lost.",
        "With --region PRIMARY the other way: takes the writer home without the DR Region, which is lost while it serves."
      },
      footer = "  ./dr force prod --reason \"us-east-1 answers, but payments fail\"")
  public static final class Force extends OrderCommand {

    Force() {
      this(ControllerClient::of);
    }

    Force(ControllerClient.Factory controllers) {
      super(Order.Kind.FORCE, controllers);
    }
  }

  /** {@code ./dr abort} orders staying in the primary Region. */
  @Command(
      name = "abort",
      description = {
        "Stays where payments are: ends a suspicion, a failover whose promotion has not begun, or a way back before RDS is asked, or takes back an order that no tick has read yet.",
        "For 30 minutes the controller then starts no failover by itself."
      },
      footer = "  ./dr abort prod --reason \"false alarm, see case 1234\"")
  public static final class Abort extends OrderCommand {

    Abort() {
      this(ControllerClient::of);
    }

    Abort(ControllerClient.Factory controllers) {
      super(Order.Kind.ABORT, controllers);
    }
  }

  /** {@code ./dr switchover} orders a planned move to the DR Region. */
  @Command(
      name = "switchover",
      description = {
        "Moves payments to the DR Region as planned, without loss.",
        "Both Regions must be healthy: the primary Region serves and the DR Region is ready."
      },
      footer = "  ./dr switchover prod --reason \"quarterly drill\"")
  public static final class Switchover extends OrderCommand {

    Switchover() {
      this(ControllerClient::of);
    }

    Switchover(ControllerClient.Factory controllers) {
      super(Order.Kind.SWITCHOVER, controllers);
    }
  }

  /** {@code ./dr failback} orders the way back to the primary Region. */
  @Command(
      name = "failback",
      description = {
        "Moves payments back to the primary Region, without loss.",
        "It must have been healthy for failover.failbackAfterSeconds and follow as a replica within 5 s. Choose a quiet hour: RDS is asked about two minutes after the order, and writes pause while it moves the writer; `./dr abort` ends it until then."
      },
      footer = "  ./dr failback prod --reason \"us-east-1 is back, case 1234\"")
  public static final class Failback extends OrderCommand {

    Failback() {
      this(ControllerClient::of);
    }

    Failback(ControllerClient.Factory controllers) {
      super(Order.Kind.FAILBACK, controllers);
    }
  }
}
