package payments.dr.operations.migration.sessions;

import java.time.Duration;
import payments.dr.operations.console.CommandGroup;
import payments.dr.operations.console.EnvironmentParameter;
import payments.dr.operations.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dr migrate sessions} with everything below it. */
@Command(
    name = "sessions",
    description = {
      "Moves the session table from v1 to v2, and back.",
      "preflight, start (in a window of its own, it follows until interrupted), verify, cutover;"
          + " then start again, which follows the other way; rollback as long as it is not"
          + " finished; finish."
    },
    exitCodeList = {
      "0:done",
      "1:bad input, also what preflight objects to",
      "2:AWS or the ledger failed or refused, or the tables differ"
    })
public final class SessionsCommand extends CommandGroup {

  private static final String PREFIX = "--idempotency-prefix";
  private static final String PREFIX_MEANING =
      "What the ids of idempotency keys begin with: they must not differ, expired or not."
          + " Default: ${DEFAULT-VALUE}";
  private static final String PREFIX_DEFAULT = SessionMigration.IDEMPOTENCY_PREFIX;

  @Command(
      description = "Says what stands against it; changes nothing.",
      mixinStandardHelpOptions = true)
  int preflight(@Mixin EnvironmentParameter environment) {
    var faults = EnvironmentSessions.of(environment.name()).preflight();
    faults.forEach(System.out::println);
    System.out.println(faults.isEmpty() ? "nothing stands against it" : faults.size() + " faults");
    return faults.isEmpty() ? ExitCode.DONE : ExitCode.BAD_INPUT;
  }

  @Command(
      description = "Copies what there is and follows what comes; goes on where it ended.",
      mixinStandardHelpOptions = true)
  int start(
      @Mixin EnvironmentParameter environment,
      @Option(names = "--once", description = "End when nothing is left to copy.") boolean once) {
    SessionMigration migration = EnvironmentSessions.of(environment.name());
    try (CopyProgress progress = new CopyProgress(once)) {
      progress.endInOrder();
      migration.start(progress);
    }
    return ExitCode.DONE;
  }

  @Command(
      description = "Says how far it is, and who works on it.",
      mixinStandardHelpOptions = true)
  int status(@Mixin EnvironmentParameter environment) {
    EnvironmentSessions.of(environment.name()).status();
    return ExitCode.DONE;
  }

  @Command(
      description = "Compares counts and hashes of both tables, while writes go on.",
      mixinStandardHelpOptions = true)
  int verify(
      @Mixin EnvironmentParameter environment,
      @Option(names = PREFIX, description = PREFIX_MEANING, defaultValue = PREFIX_DEFAULT)
          String prefix) {
    SessionComparison comparison =
        EnvironmentSessions.of(environment.name()).verify(prefix, Duration.ofSeconds(30));
    System.out.println(comparison);
    return comparison.equal() ? ExitCode.DONE : ExitCode.FAILED;
  }

  @Command(
      description = {
        "Refuses writes to v1, drains, compares and makes v2 the active one.",
        "A cutover of the database does this by itself, right before the pointer moves."
      },
      mixinStandardHelpOptions = true)
  int cutover(
      @Mixin EnvironmentParameter environment,
      @Option(names = PREFIX, description = PREFIX_MEANING, defaultValue = PREFIX_DEFAULT)
          String prefix) {
    EnvironmentSessions.of(environment.name()).cutOverTo(Generations.TO, prefix);
    return ExitCode.DONE;
  }

  @Command(
      description = "Takes back a cutover, ended or interrupted, without loss.",
      mixinStandardHelpOptions = true)
  int rollback(
      @Mixin EnvironmentParameter environment,
      @Option(names = PREFIX, description = PREFIX_MEANING, defaultValue = PREFIX_DEFAULT)
          String prefix) {
    EnvironmentSessions.of(environment.name()).cutOverTo(Generations.FROM, prefix);
    return ExitCode.DONE;
  }

  @Command(
      description = "Ends it: the generation left behind takes no writes any more.",
      mixinStandardHelpOptions = true)
  int finish(@Mixin EnvironmentParameter environment) {
    EnvironmentSessions.of(environment.name()).finish();
    return ExitCode.DONE;
  }
}
