package payments.dr.operations.review;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import payments.dr.configuration.Configuration;
import payments.dr.configuration.environment.ApprovedChange;
import payments.dr.configuration.environment.ApprovedDestroy;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.state.StateBackend;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.review.plan.Plan;

/**
 * The stack that a plan changes, and what its owner's file says about reviews. The plan itself
 * names it, so that no plan is judged by another environment's approvals.
 *
 * @param backend where its state is, as its owner's file says
 * @param approvedDestroys empty for stacks that no environment file describes, as the changes are
 * @param environment the one that the stack is of, if any
 */
record ReviewedStack(
    String name,
    StateBackend backend,
    boolean protectData,
    List<ApprovedDestroy> approvedDestroys,
    List<ApprovedChange> approvedChanges,
    Optional<Environment> environment) {

  /**
   * @throws BadInputException when it is no plan of this project
   */
  static ReviewedStack of(Plan plan, Configuration configuration) {
    Set<String> named = plan.stacks();
    Map<String, ReviewedStack> known = known(configuration);
    if (named.size() == 1 && known.containsKey(named.iterator().next())) {
      return known.get(named.iterator().next());
    }
    throw new BadInputException(
        "plan must name one stack of this project in the providers' tag Stack (%s), got %s"
            .formatted(
                String.join(", ", known.keySet()),
                named.isEmpty() ? "none" : String.join(", ", named)));
  }

  /**
   * Refuses a plan that came from elsewhere: its tag chooses the file whose approvals count, and
   * the author of the plan's configuration wrote the tag.
   *
   * @throws BadInputException when the stack's state is not in that workspace
   */
  void demandStateIn(StateBackend.TerraformCloud workspace) {
    if (!backend.equals(workspace)) {
      throw new BadInputException(
          "plan of workspace %s of organization %s must be of the stack whose state is there, got"
                  .formatted(workspace.workspace(), workspace.organization())
              + " one of stack "
              + name);
    }
  }

  private static Map<String, ReviewedStack> known(Configuration configuration) {
    Map<String, ReviewedStack> known = new TreeMap<>();
    configuration
        .accounts()
        .forEach(
            account ->
                known.put(
                    account.stackName(),
                    new ReviewedStack(
                        account.stackName(),
                        account.backend(account.stackName()),
                        !account.config().localAws(),
                        List.of(),
                        List.of(),
                        Optional.empty())));
    configuration
        .remoteStates()
        .forEach(
            state ->
                known.put(
                    state.stackName(),
                    new ReviewedStack(
                        state.stackName(),
                        state.backend(),
                        state.protectData(),
                        List.of(),
                        List.of(),
                        Optional.empty())));
    configuration
        .witnesses()
        .forEach(
            witness ->
                known.put(
                    witness.stackName(),
                    new ReviewedStack(
                        witness.stackName(),
                        witness.backend(),
                        witness.environment().config().protectData(),
                        List.of(),
                        List.of(),
                        Optional.empty())));
    for (Environment environment : configuration.environments()) {
      known.put(
          environment.stackName(),
          new ReviewedStack(
              environment.stackName(),
              environment.backend(environment.stackName()),
              environment.config().protectData(),
              environment.config().approvedDestroys(),
              environment.config().approvedChanges(),
              Optional.of(environment)));
    }
    return known;
  }
}
