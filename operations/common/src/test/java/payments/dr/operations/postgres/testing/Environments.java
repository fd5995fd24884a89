package payments.dr.operations.postgres.testing;

import java.util.Optional;
import payments.dr.configuration.Configuration;
import payments.dr.configuration.environment.Environment;
import payments.dr.testing.ProjectCopy;

/** The environments that this project comes with. */
public final class Environments {

  private Environments() {}

  public static Environment local() {
    return Configuration.read(ProjectCopy.PROJECT, Optional.empty()).environments().stream()
        .filter(environment -> environment.name().equals("local"))
        .findFirst()
        .orElseThrow();
  }
}
