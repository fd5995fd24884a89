package payments.dr.operations.review.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Consumer;
import payments.dr.configuration.InvalidConfigurationException;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.console.Project;
import payments.dr.operations.review.PlanReview;

/**
 * Reviews the plan of one run after another, and tells HCP Terraform. Whatever goes wrong, the run
 * does not pass.
 *
 * @param asksPerson whether a person confirms each apply
 * @param log gets a line for each run
 */
record TaskReviewer(Project project, HcpClient hcp, boolean asksPerson, PrintWriter log)
    implements Consumer<RunTask> {

  @Override
  public void accept(RunTask task) {
    TaskResult result = reviewed(task);
    try {
      hcp.report(task, result);
      say("%s: %s, %s".formatted(task, result.status(), result.message()));
    } catch (CommandFailedException e) {
      // Without a result in time HCP Terraform lets the task fail by itself.
      say(
          "%s: %s, but HCP Terraform was not told: %s"
              .formatted(task, result.status(), e.getMessage()));
    }
  }

  private TaskResult reviewed(RunTask task) {
    if (!task.hasPlan()) {
      return TaskResult.failed(
          "stage of the run task must be post_plan or pre_apply, got " + task.stage());
    }
    try {
      byte[] plan = hcp.plan(task);
      return TaskResult.of(
          PlanReview.of(project, "plan of " + task.run(), new ByteArrayInputStream(plan)),
          asksPerson);
    } catch (BadInputException | CommandFailedException | InvalidConfigurationException e) {
      return TaskResult.failed(e.getMessage());
    } catch (IOException | RuntimeException e) {
      e.printStackTrace(log);
      return TaskResult.failed("a fault of the review server, whose log has it");
    }
  }

  private void say(String line) {
    log.println(line);
    log.flush();
  }
}
