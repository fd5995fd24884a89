package payments.dr.operations.console;

import payments.dr.configuration.environment.Environment;
import picocli.CommandLine.Parameters;

/** The environment that a command is about, as a mixin: its first word. */
public final class EnvironmentParameter {

  @Parameters(index = "0", paramLabel = "ENV", description = "Such as prod.")
  private String name;

  /** Returns the word as it was given; there may be no such environment. */
  public String name() {
    return name;
  }

  /**
   * Returns the environment of a project.
   *
   * @throws BadInputException when there is none of that name
   */
  public Environment of(Project project) {
    return project.environment(name);
  }
}
