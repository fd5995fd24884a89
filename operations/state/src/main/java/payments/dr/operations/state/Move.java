package payments.dr.operations.state;

import com.fasterxml.jackson.databind.JsonNode;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;

/** Moves one state from its last location to the configured one. */
final class Move {

  private final StackTools stack;
  private final StateLocation from;
  private final StateLocation to;
  private JsonNode moving;

  Move(StackTools stack) {
    this.stack = stack;
    to = StateLocation.configured(stack.folder());
    from =
        StateLocation.lastUsed(stack.folder())
            .orElseThrow(
                () ->
                    new BadInputException(
                        ("this checkout must have used the state of %1$s before, or nobody knows"
                                + " where it is: put the old `state` back into the settings, run"
                                + " `make synth` and `terraform -chdir=%2$s init`, then change"
                                + " the settings and run this again")
                            .formatted(stack.stack().name(), stack.folder())));
    if (to.type().equals("cloud")) {
      throw new BadInputException(
          "state must be moved into a workspace by `terraform -chdir=%s init`, which asks; got %s"
              .formatted(stack.folder(), to));
    }
    if (from.type().equals("cloud")) {
      throw new BadInputException(
          "state must be moved out of a workspace by `terraform state pull` and `terraform state push`"
              + " (docs/deploy/terraform-cloud.md), because Terraform does not migrate it; got "
              + from);
    }
  }

  boolean done() {
    return from.equals(to);
  }

  /** Looks at both places, and tells what would happen. */
  void check() {
    moving = from.state(stack.tools(), stack.folder());
    if (isEmpty(moving)) {
      throw new BadInputException("a state with resources must be at %s, got none".formatted(from));
    }
    JsonNode there = to.state(stack.tools(), stack.folder());
    if (!isEmpty(there)) {
      throw new BadInputException(
          "no state must be at %s, got one with %d resources".formatted(to, count(there)));
    }
    System.out.printf("from: %s%nto:   %s%n%d resources%n", from, to, count(moving));
  }

  void run() {
    stack.terraform().run("init", "-input=false", "-migrate-state", "-force-copy");
    JsonNode moved = stack.terraform().state();
    // Not its lineage: Terraform begins a new one with the first write to a new place.
    boolean same =
        moved.path("resources").equals(moving.path("resources"))
            && moved.path("outputs").equals(moving.path("outputs"));
    if (!same) {
      throw new CommandFailedException(
          "the state at %s must be the one from %s, got serial %s with %d resources; the old one is unchanged"
              .formatted(to, from, moved.path("serial"), count(moved)));
    }
    System.out.println("moved; the next plan must be empty, then remove the old copy");
  }

  private static boolean isEmpty(JsonNode state) {
    return count(state) == 0;
  }

  private static int count(JsonNode state) {
    return state.path("resources").size();
  }
}
