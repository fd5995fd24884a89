package payments.dr.operations.migration;

import java.nio.file.Path;
import java.util.List;
import payments.dr.operations.console.Project;

/** Judges the plan that a cutover is going to apply. */
public interface PlanReview {

  /**
   * @param environment that the plan must be of, such as {@code prod}
   * @param generation that the plan must lead to, such as {@code v2}
   * @param file that holds the plan
   * @param json the plan as {@code terraform show -json} prints it
   * @return why the plan must not be applied, one line each; empty when it may
   * @throws payments.dr.operations.console.BadInputException when it is no plan of this project
   */
  List<String> objections(
      Project project, String environment, String generation, Path file, String json);
}
