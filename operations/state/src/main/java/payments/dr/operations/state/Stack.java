package payments.dr.operations.state;

import java.util.Map;
import java.util.TreeMap;
import payments.dr.configuration.Configuration;
import payments.dr.configuration.state.StateBackend;
import payments.dr.operations.console.BadInputException;

/**
 * A stack of this project.
 *
 * @param name such as {@code payments-dr-prod}
 * @param aws the environment to reach its AWS by; {@code local} for the local one
 * @param backend where its state is kept
 */
record Stack(String name, String aws, StateBackend backend) {

  /** How the local AWS is called by the scripts that start it. */
  static final String LOCAL = "local";

  static Stack named(String name, Configuration configuration) {
    Map<String, Stack> stacks = all(configuration);
    Stack stack = stacks.get(name);
    if (stack == null) {
      throw new BadInputException(
          "stack must be one of %s, got \"%s\""
              .formatted(String.join(", ", stacks.keySet()), name));
    }
    return stack;
  }

  /** The object that holds its state. */
  StateBackend.S3 s3() {
    if (backend instanceof StateBackend.S3 s3) {
      return s3;
    }
    throw new BadInputException(
        "state of %s must be kept in S3 for this, got %s".formatted(name, backend));
  }

  private static Map<String, Stack> all(Configuration configuration) {
    Map<String, Stack> stacks = new TreeMap<>();
    configuration
        .environments()
        .forEach(
            environment ->
                add(
                    stacks,
                    environment.stackName(),
                    environment.config().localAws(),
                    environment.backend(environment.stackName())));
    configuration
        .witnesses()
        .forEach(
            witness ->
                add(
                    stacks,
                    witness.stackName(),
                    witness.environment().config().localAws(),
                    witness.backend()));
    configuration
        .accounts()
        .forEach(
            account ->
                add(
                    stacks,
                    account.stackName(),
                    account.config().localAws(),
                    account.backend(account.stackName())));
    configuration
        .remoteStates()
        .forEach(
            state -> add(stacks, state.stackName(), state.account().localAws(), state.backend()));
    return stacks;
  }

  private static void add(
      Map<String, Stack> stacks, String name, boolean localAws, StateBackend backend) {
    stacks.put(name, new Stack(name, localAws ? LOCAL : name, backend));
  }
}
