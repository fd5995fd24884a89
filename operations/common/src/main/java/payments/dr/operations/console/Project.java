package payments.dr.operations.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import payments.dr.configuration.Configuration;
import payments.dr.configuration.environment.Environment;

/**
 * What the command belongs to: a checkout, or what {@code make dist} packed, which has the
 * environments' files and can neither synthesize nor run Terraform.
 */
public record Project(Path root) {

  /** What {@code ./dr --version} says. */
  public static final String VERSION = "payments-dr 2.0.0";

  /** Only what was packed has it: the folder of its jars. */
  private static final String PACKED = "lib";

  /** Returns where the launcher found itself. */
  public static Project ofLauncher() {
    return new Project(Path.of(System.getProperty("payments.dr.root", "")).toAbsolutePath());
  }

  /**
   * Returns everything configured, the throw-away environment of {@code ENVIRONMENT_SUFFIX}
   * included.
   *
   * @throws payments.dr.configuration.InvalidConfigurationException with every fault
   */
  public Configuration configuration() {
    return Configuration.read(root, Optional.ofNullable(System.getenv("ENVIRONMENT_SUFFIX")));
  }

  /**
   * Returns an environment of the configuration.
   *
   * @throws BadInputException when there is none of that name
   */
  public Environment environment(String name) {
    List<Environment> all = configuration().environments();
    return all.stream()
        .filter(environment -> environment.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "environment must be one of %s, got \"%s\""
                        .formatted(
                            String.join(", ", all.stream().map(Environment::name).toList()),
                            name)));
  }

  /**
   * Returns the root of the checkout.
   *
   * @throws BadInputException when the command was packed
   */
  public Path checkout() {
    if (Files.isDirectory(root.resolve(PACKED))) {
      throw new BadInputException(
          "this command must run in a checkout of the project, which has the stacks and the local AWS; "
              + root
              + " is what `make dist` packed");
    }
    return root;
  }

  /**
   * Returns where {@code make synth} puts the JSON of a stack.
   *
   * @throws BadInputException when the command was packed
   */
  public Path stackFolder(String stack) {
    return checkout().resolve("cdktf.out/stacks").resolve(stack);
  }
}
