package payments.dr.main;

import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.AppConfig;
import java.nio.file.Path;
import java.time.LocalDate;
import payments.dr.configuration.Configuration;

/**
 * Makes every configured stack, looks through what was written, and only then hands it out.
 *
 * @param today decides whether an exception from a rule has expired, and nothing of what is written
 */
record Synthesis(
    Configuration configuration, FunctionJar functionJar, RenewerJar renewerJar, LocalDate today) {

  /**
   * Writes all stacks, or none when one of them is unfit.
   *
   * @param outdir as CDKTF's {@code CDKTF_OUTDIR}; made when it is missing
   * @throws StackChecks.UnfitException with every fault of every stack
   */
  void into(Path outdir) {
    try (Staging staging = Staging.within(outdir)) {
      App app = new App(AppConfig.builder().outdir(staging.folder().toString()).build());
      addStacks(app);
      app.synth();
      StackChecks.require(configuration, staging, today);
      staging.publish();
    }
  }

  private void addStacks(App app) {
    configuration.remoteStates().forEach(state -> new StateStack(app, state));
    configuration.accounts().forEach(account -> new AccountStack(app, account));
    configuration
        .witnesses()
        .forEach(
            witness ->
                new WitnessStack(app, witness, configuration.accountOf(witness.environment())));
    configuration
        .environments()
        .forEach(
            environment ->
                new DisasterRecoveryStack(
                    app,
                    environment,
                    configuration.accountOf(environment),
                    functionJar,
                    renewerJar));
  }
}
