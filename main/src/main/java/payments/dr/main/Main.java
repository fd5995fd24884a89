package payments.dr.main;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import payments.dr.configuration.Configuration;
import payments.dr.configuration.InvalidConfigurationException;
import payments.dr.configuration.RecoveryChecks;
import payments.dr.configuration.environment.Environment;

/**
 * Synthesizes every stack: one for each environment file, one for each account file, and one for
 * the state buckets of each that keeps its state in S3. With the name of an environment, only those
 * that it stands on.
 */
public final class Main {

  private Main() {}

  /**
   * Ends with status 1 and a line for each fault when something is wrong; then nothing is written.
   */
  public static void main(String[] args) {
    try {
      synthesize(List.of(args));
    } catch (InvalidConfigurationException
        | UnusableCallException
        | MissingJarException
        | StackChecks.UnfitException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /** Thrown when the app is started the wrong way. */
  private static final class UnusableCallException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableCallException(String message) {
      super(message);
    }
  }

  private static void synthesize(List<String> environments) {
    if (System.getenv("CDKTF_OUTDIR") != null) {
      throw new UnusableCallException(
          "CDKTF_OUTDIR must not reach the JVM: CDKTF would write there before anything is checked;"
              + " start main/synth, or set the property payments.dr.outdir");
    }
    Configuration all =
        Configuration.read(
            Path.of(System.getProperty("payments.dr.root", "")),
            Optional.ofNullable(System.getenv("ENVIRONMENT_SUFFIX")));
    Configuration configuration = environments.isEmpty() ? all : only(all, environments);
    RecoveryChecks.require(configuration);
    // What is written stays a function of the files: the day decides only on warnings, and on
    // whether an exception from a security rule has expired.
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    RecoveryChecks.warnings(configuration, today)
        .forEach(warning -> System.err.println("warning: " + warning));
    new Synthesis(
            configuration,
            FunctionJar.at(FunctionJar.BUILT),
            new RenewerJar(RenewerJar.BUILT),
            today)
        .into(Path.of(System.getProperty("payments.dr.outdir", "cdktf.out")));
  }

  private static Configuration only(Configuration all, List<String> names) {
    return all.environments().stream()
        .filter(environment -> names.equals(List.of(environment.name())))
        .findFirst()
        .map(all::only)
        .orElseThrow(
            () ->
                new UnusableCallException(
                    "environment must be one of %s, got \"%s\""
                        .formatted(
                            String.join(
                                ", ", all.environments().stream().map(Environment::name).toList()),
                            String.join(" ", names))));
  }
}
