package payments.dr.operations.review;

import java.util.concurrent.Callable;
import payments.dr.operations.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./dr review}: can this plan lose data, cause downtime, open a hole or break recovery? */
@Command(
    name = "review",
    description =
        "Says whether a Terraform plan can lose data, cause downtime, open a hole or break"
            + " recovery.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing to object to",
      "1:bad input, also wrong usage",
      "2:a person must approve",
      "3:refused"
    })
public final class ReviewCommand implements Callable<Integer> {

  @Parameters(paramLabel = "PLAN", description = "What `terraform show -json` printed, or -.")
  private String plan;

  @Override
  public Integer call() {
    throw new BadInputException(plan + " cannot be reviewed yet");
  }
}
