package payments.dr.operations.drill;

import payments.dr.configuration.environment.Environment;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.console.Project;
import payments.dr.operations.terraform.Terraform;
import payments.dr.operations.terraform.Tools;

/** Makes a plan of an environment, to see whether Terraform would change it. */
record NextPlan(Project project, Environment environment, boolean local) {

  /** Of {@code -detailed-exitcode}. */
  private static final int EMPTY = 0;

  private static final int CHANGES = 2;

  /**
   * @throws CommandFailedException when there is no plan
   */
  boolean isEmpty() {
    Tools tools = new Tools(project.root(), local ? "local" : environment.name());
    Tools.Output plan =
        new Terraform(tools, project.stackFolder(environment.stackName()))
            .ask("plan", "-input=false", "-lock=false", "-no-color", "-detailed-exitcode");
    if (plan.status() != EMPTY && plan.status() != CHANGES) {
      throw new CommandFailedException("terraform plan failed: " + plan.err().strip());
    }
    return plan.status() == EMPTY;
  }
}
