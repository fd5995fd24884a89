package payments.dr.operations.reconcile;

import java.time.Instant;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionRole;
import payments.dr.ledger.Ledger;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.console.Project;
import payments.dr.operations.ledger.EnvironmentLedger;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.postgres.Clusters;

/** The parts of a deployed environment that a reconciliation reads. */
interface ReconciledEnvironment {

  /** Opens it. */
  interface Places {

    /**
     * @param old Region that wrote before the failover
     */
    ReconciledEnvironment open(Project project, Environment environment, RegionRole old);
  }

  /** Of the DR Region's controller. */
  Ledger ledger();

  FormerPrimary formerPrimary(DatabaseGeneration generation);

  /** Whichever cluster writes now. */
  Cluster newPrimary(DatabaseGeneration generation);

  Instant now();

  /** In AWS. */
  static ReconciledEnvironment of(Project project, Environment environment, RegionRole old) {
    return new ReconciledEnvironment() {
      @Override
      public Ledger ledger() {
        return EnvironmentLedger.open(AwsAccess.of(project, environment), environment);
      }

      @Override
      public FormerPrimary formerPrimary(DatabaseGeneration generation) {
        return FormerPrimary.of(project, environment, old, generation);
      }

      @Override
      public Cluster newPrimary(DatabaseGeneration generation) {
        return Clusters.of(project, environment).cluster(generation);
      }

      @Override
      public Instant now() {
        return Instant.now();
      }
    };
  }
}
