package payments.dr.main;

import com.hashicorp.cdktf.App;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import payments.dr.configuration.Configuration;
import payments.dr.configuration.InvalidConfigurationException;
import payments.dr.configuration.RecoveryChecks;

/**
 * Synthesizes every stack: one for each environment file, one for each account file, and one for
 * the state buckets of each that keeps its state in S3.
 */
public final class Main {

  private Main() {}

  /** Ends with status 1 and a line for each fault when a file is wrong; then nothing is written. */
  public static void main(String[] args) {
    Configuration configuration;
    try {
      Path root = Path.of(System.getProperty("payments.dr.root", ""));
      configuration =
          Configuration.read(root, Optional.ofNullable(System.getenv("ENVIRONMENT_SUFFIX")));
      RecoveryChecks.require(configuration);
    } catch (InvalidConfigurationException e) {
      System.err.println(e.getMessage());
      System.exit(1);
      return;
    }
    // What is written stays a function of the files: the day decides only on warnings, and on
    // whether an exception from a security rule has expired.
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    RecoveryChecks.warnings(configuration, today)
        .forEach(warning -> System.err.println("warning: " + warning));
    App app = new App();
    try {
      addStacks(app, configuration, FunctionJar.at(FunctionJar.BUILT), today);
    } catch (FunctionJar.MissingException | StackChecks.UnfitException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
    app.synth();
  }

  /**
   * @throws StackChecks.UnfitException with every fault of every stack
   */
  static void addStacks(
      App app, Configuration configuration, FunctionJar functionJar, LocalDate today) {
    StackChecks checks = new StackChecks(today);
    configuration
        .remoteStates()
        .forEach(state -> checks.look(new StateStack(app, state), state.stackKind()));
    configuration
        .accounts()
        .forEach(account -> checks.look(new AccountStack(app, account), account.stackKind()));
    configuration
        .environments()
        .forEach(
            environment ->
                checks.look(
                    new DisasterRecoveryStack(
                        app, environment, configuration.accountOf(environment), functionJar),
                    environment));
    checks.throwIfAny();
  }
}
