package payments.dr.operations.doctor.account;

import java.util.List;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterVersionNotFoundException;

/**
 * Whether a Region has the SSM parameter that names the fleet's machine image.
 *
 * @param parameter such as {@code /payments/image:3}
 */
public record MachineImage(String where, String parameter) implements Check {

  @Override
  public String name() {
    return "machine image";
  }

  /** AWS's own parameters belong to no account, hence the {@code *}. */
  @Override
  public List<Permission> permissions() {
    String path = parameter.replaceFirst(":\\d+$", "");
    return List.of(
        new Permission("ssm:GetParameter", "arn:aws:ssm:" + where + ":*:parameter" + path));
  }

  @Override
  public Result ask(Clients aws) {
    try {
      String image =
          aws.ssm(where).getParameter(request -> request.name(parameter)).parameter().value();
      return image.matches("ami-[0-9a-f]+")
          ? Result.ok(found(image))
          : fails("name an image such as ami-0123456789abcdef0", "a value that does not");
    } catch (ParameterNotFoundException | ParameterVersionNotFoundException e) {
      return fails("be there", "none");
    }
  }

  /** Without a version, each launch boots what the parameter says in that hour. */
  private String found(String image) {
    return parameter.matches(".*:\\d+")
        ? image + " by " + parameter
        : image + " by " + parameter + " today; compute.imageIds would keep it";
  }

  private Result fails(String must, String got) {
    return Result.fails(
        "SSM parameter %s must %s, got %s".formatted(parameter, must, got),
        "put the image's id there, or choose another compute.imageParameter");
  }
}
