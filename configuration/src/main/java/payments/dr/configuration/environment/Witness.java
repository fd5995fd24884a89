package payments.dr.configuration.environment;

import java.util.Optional;
import payments.dr.compliance.StackKind;
import payments.dr.configuration.state.StateBackend;

/**
 * What an environment has in a third Region: a register that says, beside those of both ledgers,
 * who may write. It is a stack of its own, so that no plan of the environment needs that Region.
 *
 * @param environment whose writer it watches
 * @param region such as {@code us-west-2}
 */
public record Witness(Environment environment, String region) {

  /** Returns the stack's name, such as {@code witness-prod}. */
  public String stackName() {
    return environment.names().global("witness");
  }

  /** Returns the name of its table, such as {@code witness-ledger-prod}. */
  public String tableName() {
    return environment.names().global("witness-ledger");
  }

  /** Returns where the stack's state is kept: beside the environment's. */
  public StateBackend backend() {
    return environment.backend(stackName());
  }

  /** Returns what its stack is for, as far as security rules depend on it. */
  public StackKind stackKind() {
    return new StackKind(
        environment.config().protectData(), environment.config().localAws(), Optional.empty());
  }
}
