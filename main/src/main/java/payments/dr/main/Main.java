package payments.dr.main;

import com.hashicorp.cdktf.App;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import payments.dr.main.configuration.Configuration;
import payments.dr.main.configuration.InvalidConfigurationException;

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
      configuration.requireRecovery();
    } catch (InvalidConfigurationException e) {
      System.err.println(e.getMessage());
      System.exit(1);
      return;
    }
    // On standard error: what is written stays a function of the files.
    configuration
        .warnings(LocalDate.now(ZoneOffset.UTC))
        .forEach(warning -> System.err.println("warning: " + warning));
    App app = new App();
    addStacks(app, configuration);
    app.synth();
  }

  static void addStacks(App app, Configuration configuration) {
    configuration.remoteStates().forEach(state -> new StateStack(app, state));
    configuration.accounts().forEach(account -> new AccountStack(app, account));
    configuration
        .environments()
        .forEach(
            environment ->
                new DisasterRecoveryStack(app, environment, configuration.accountOf(environment)));
  }
}
