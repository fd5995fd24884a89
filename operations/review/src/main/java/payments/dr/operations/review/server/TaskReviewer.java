package payments.dr.operations.review.server;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
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
    implements Reviewer {

  static final String STOPPED = "the review server was stopped; run the task again";

  @Override
  public void review(RunTask task) {
    TaskResult result = reviewed(task);
    // A thread that is still interrupted could not tell anybody.
    tell(task, Thread.interrupted() ? TaskResult.failed(STOPPED) : result);
  }

  @Override
  public void giveUp(RunTask task, String why) {
    say("%s: given up, %s".formatted(task, why)); // before a telling that may not come to its end
    tell(task, TaskResult.failed(why));
  }

  // An error such as a missing class must leave a line in the log, too.
  private void tell(RunTask task, TaskResult result) {
    try {
      hcp.report(task, result);
      say("%s: %s, %s".formatted(task, result.status(), result.message()));
    } catch (CommandFailedException e) {
      // Without a result in time HCP Terraform lets the task fail by itself.
      say(
          "%s: %s, but HCP Terraform was not told: %s"
              .formatted(task, result.status(), e.getMessage()));
    } catch (Throwable e) {
      say("%s: %s, but HCP Terraform was not told:".formatted(task, result.status()), e);
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
          PlanReview.of(
              project, task.workspace(), "plan of " + task.run(), new ByteArrayInputStream(plan)),
          asksPerson && task.isBeforeConfirmation());
    } catch (BadInputException | CommandFailedException | InvalidConfigurationException e) {
      return TaskResult.failed(e.getMessage());
    } catch (Throwable e) {
      say("%s: not reviewed:".formatted(task), e);
      return TaskResult.failed("a fault of the review server, whose log has it");
    }
  }

  private void say(String line) {
    log.println(line);
    log.flush();
  }

  private void say(String line, Throwable fault) {
    log.println(line);
    fault.printStackTrace(log);
    log.flush();
  }
}
