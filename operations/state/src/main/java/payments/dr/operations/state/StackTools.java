package payments.dr.operations.state;

import java.nio.file.Files;
import java.nio.file.Path;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.console.Project;
import payments.dr.operations.terraform.Terraform;
import payments.dr.operations.terraform.Tools;

/**
 * A stack, and the tools that reach its state.
 *
 * @param folder the synthesized one
 */
record StackTools(Stack stack, Tools tools, Path folder) {

  /**
   * @throws BadInputException when there is no such stack, or it was not synthesized
   */
  static StackTools named(String name) {
    Project project = Project.ofLauncher();
    Stack stack = Stack.named(name, project.configuration());
    Path folder = project.stackFolder(name);
    if (!Files.exists(folder.resolve("cdk.tf.json"))) {
      throw new BadInputException(
          folder.resolve("cdk.tf.json") + " must exist: run `make synth` first");
    }
    return new StackTools(stack, new Tools(project.root(), stack.aws()), folder);
  }

  Terraform terraform() {
    return new Terraform(tools, folder);
  }

  /** Terraform, once it knows where the state is. */
  Terraform initialised() {
    Terraform terraform = terraform();
    Tools.Output init = terraform.ask("init", "-input=false", "-no-color");
    if (!init.succeeded()) {
      throw new CommandFailedException("terraform init failed: " + init.err().strip());
    }
    return terraform;
  }
}
