package payments.dr.operations.ledger;

import java.time.InstantSource;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionRole;
import payments.dr.ledger.DynamoDbLedger;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerClient;
import payments.dr.ledger.Mutex;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.console.Project;

/**
 * Opens the ledgers of an environment: {@code dr-ledger-<environment>} in the DR Region, which
 * every move goes by, and {@code primary-ledger-<environment>} of the primary Region's controller.
 */
public final class EnvironmentLedger {

  private EnvironmentLedger() {}

  /**
   * Asks nothing of the ledger yet. What goes wrong later is told in one line by {@link
   * payments.dr.ledger.LedgerUnavailableException}.
   *
   * @throws payments.dr.operations.console.BadInputException when a local AWS is needed and none
   *     runs
   * @throws payments.dr.operations.aws.AwsCallException when nobody is signed in
   */
  public static Ledger open(Project project, Environment environment) {
    return open(AwsAccess.of(project, environment), environment);
  }

  public static Ledger open(AwsAccess aws, Environment environment) {
    return open(aws, environment, RegionRole.DR);
  }

  public static Ledger open(AwsAccess aws, Environment environment, RegionRole role) {
    String region = environment.config().regions().get(role).name();
    return new DynamoDbLedger(
        aws.client(LedgerClient.builder(region)), environment.names().regional(role, "ledger"));
  }

  /** Returns the mutex that cutover and failover share. */
  public static Mutex mutex(Ledger ledger) {
    return new Mutex(ledger, InstantSource.system(), Mutex.TTL);
  }
}
