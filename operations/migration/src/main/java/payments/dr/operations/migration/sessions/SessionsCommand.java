package payments.dr.operations.migration.sessions;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dr migrate sessions} with everything below it. */
@Command(
    name = "sessions",
    description = {
      "Moves the session table from v1 to v2, and back.",
      "preflight, start (in a window of its own, it follows until interrupted), verify, cutover;"
          + " then start again, which follows the other way; rollback as long as it is not"
          + " finished; finish."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:bad input, also what preflight objects to",
      "2:AWS or the ledger failed or refused, or the tables differ"
    })
public final class SessionsCommand implements Runnable {

  private static final String PREFIX = "--idempotency-prefix";
  private static final String PREFIX_MEANING =
      "What the ids of idempotency keys begin with: they must not differ, expired or not."
          + " Default: ${DEFAULT-VALUE}";
  private static final String PREFIX_DEFAULT = SessionMigration.IDEMPOTENCY_PREFIX;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "command must be one of " + String.join(", ", spec.subcommands().keySet()) + ", got none");
  }

  @Command(
      description = "Says what stands against it; changes nothing.",
      mixinStandardHelpOptions = true)
  int preflight(@Parameters(paramLabel = "ENV") String environment) {
    var faults = EnvironmentSessions.of(environment).preflight();
    faults.forEach(System.out::println);
    System.out.println(faults.isEmpty() ? "nothing stands against it" : faults.size() + " faults");
    return faults.isEmpty() ? 0 : 1;
  }

  @Command(
      description = "Copies what there is and follows what comes; goes on where it ended.",
      mixinStandardHelpOptions = true)
  int start(
      @Parameters(paramLabel = "ENV") String environment,
      @Option(names = "--once", description = "End when nothing is left to copy.") boolean once) {
    SessionMigration migration = EnvironmentSessions.of(environment);
    try (CopyProgress progress = new CopyProgress(once)) {
      progress.endInOrder();
      migration.start(progress);
    }
    return 0;
  }

  @Command(
      description = "Says how far it is, and who works on it.",
      mixinStandardHelpOptions = true)
  int status(@Parameters(paramLabel = "ENV") String environment) {
    EnvironmentSessions.of(environment).status();
    return 0;
  }

  @Command(
      description = "Compares counts and hashes of both tables, while writes go on.",
      mixinStandardHelpOptions = true)
  int verify(
      @Parameters(paramLabel = "ENV") String environment,
      @Option(names = PREFIX, description = PREFIX_MEANING, defaultValue = PREFIX_DEFAULT)
          String prefix) {
    SessionComparison comparison =
        EnvironmentSessions.of(environment).verify(prefix, Duration.ofSeconds(30));
    System.out.println(comparison);
    return comparison.equal() ? 0 : 2;
  }

  @Command(
      description = {
        "Refuses writes to v1, drains, compares and makes v2 the active one.",
        "A cutover of the database does this by itself, right before the pointer moves."
      },
      mixinStandardHelpOptions = true)
  int cutover(
      @Parameters(paramLabel = "ENV") String environment,
      @Option(names = PREFIX, description = PREFIX_MEANING, defaultValue = PREFIX_DEFAULT)
          String prefix) {
    EnvironmentSessions.of(environment).cutOverTo(Generations.TO, prefix);
    return 0;
  }

  @Command(
      description = "Takes back a cutover, ended or interrupted, without loss.",
      mixinStandardHelpOptions = true)
  int rollback(
      @Parameters(paramLabel = "ENV") String environment,
      @Option(names = PREFIX, description = PREFIX_MEANING, defaultValue = PREFIX_DEFAULT)
          String prefix) {
    EnvironmentSessions.of(environment).cutOverTo(Generations.FROM, prefix);
    return 0;
  }

  @Command(
      description = "Ends it: the generation left behind takes no writes any more.",
      mixinStandardHelpOptions = true)
  int finish(@Parameters(paramLabel = "ENV") String environment) {
    EnvironmentSessions.of(environment).finish();
    return 0;
  }
}
