package payments.dr.operations.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import payments.dr.configuration.environment.Environment;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.JsonCalls;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.console.Project;
import payments.dr.operations.encoding.Sha256;
import payments.dr.operations.migration.cutover.Pointer;
import payments.dr.operations.terraform.Terraform;
import payments.dr.operations.terraform.Tools;

/**
 * The pointer as Terraform moves it: by the plan that {@code scripts/ci/plan} left and a person has
 * reviewed, which may change the pointer's parameters and nothing else.
 */
record SavedPlan(
    Project project,
    String environment,
    Tools tools,
    PlanReview review,
    Supplier<AppliedPointers> pointers)
    implements Pointer {

  static SavedPlan of(Project project, Environment environment, PlanReview review) {
    String aws = environment.config().localAws() ? "local" : environment.name();
    return new SavedPlan(
        project,
        environment.name(),
        new Tools(project.root(), aws),
        review,
        () -> pointers(AwsAccess.of(project, environment), environment));
  }

  private static AppliedPointers pointers(AwsAccess aws, Environment environment) {
    return AppliedPointers.read(environment.name(), aws.regions(), new JsonCalls(aws)::ask);
  }

  @Override
  public void requireReady(String generation) {
    if (pointsTo(generation)) {
      // After an apply that failed: there is nothing to move on the way back.
      return;
    }
    if (!Files.isRegularFile(file())) {
      throw new BadInputException(
          ("a plan that leads to %s must be in %s: set databases.active in %s.yaml, then `make"
                  + " review ENV=%s`")
              .formatted(generation, file(), environment, environment));
    }
    requireFresh();
    Tools.Output shown = terraform().ask("show", "-json", file().toString());
    if (!shown.succeeded()) {
      throw new BadInputException(
          "plan must be readable, got: %s: run `make review ENV=%s`"
              .formatted(shown.err().strip(), environment));
    }
    List<String> objections =
        review.objections(project, environment, generation, file(), shown.out());
    if (!objections.isEmpty()) {
      throw new BadInputException(String.join(System.lineSeparator(), objections));
    }
  }

  /**
   * Applies the plan without the pipeline's script: what that would look at was looked at before
   * the fence.
   */
  @Override
  public void pointTo(String generation) {
    if (pointsTo(generation)) {
      return;
    }
    Tools.Output applied =
        terraform()
            .ask("apply", "-input=false", "-no-color", "-lock-timeout=1m", file().toString());
    if (!applied.succeeded() && !pointsTo(generation)) {
      throw new CommandFailedException(
          "plan %s must be applied, got: %s: run `make review ENV=%s`, then this again"
              .formatted(file(), applied.err().strip(), environment));
    }
  }

  /** Replaces the applied plan by its inverse, so that the way back is one command. */
  void saveWayBack(String generation) {
    int status = run("scripts/ci/plan-back", environment, generation);
    if (status != 0) {
      throw new CommandFailedException(
          ("data and pointer are moved, but the plan that leads back to %s must be saved by hand,"
                  + " scripts/ci/plan-back ended with status %d")
              .formatted(generation, status));
    }
  }

  /** SHA-256 in hex, or {@code none} without a plan. */
  String hash() {
    return Files.isRegularFile(file()) ? Sha256.hex(file()) : "none";
  }

  private void requireFresh() {
    try {
      PlannedState planned = PlannedState.ofPlan(file());
      PlannedState now = PlannedState.of(terraform().state());
      if (!planned.equals(now)) {
        throw new BadInputException(
            "plan must be of the state as it is now, serial %d, got serial %d: run `make review ENV=%s`"
                .formatted(now.serial(), planned.serial(), environment));
      }
    } catch (IOException e) {
      throw new BadInputException(
          "plan must be a file that terraform plan -out wrote, got %s: %s"
              .formatted(file(), e.getMessage()));
    }
  }

  private boolean pointsTo(String generation) {
    return pointers.get().leadTo(generation);
  }

  private int run(String... command) {
    return tools.show(project.root(), false, List.of(command));
  }

  private Terraform terraform() {
    return new Terraform(tools, project.stackFolder("payments-dr-" + environment));
  }

  private Path file() {
    return project.root().resolve("target/plans").resolve(environment).resolve("plan.bin");
  }
}
