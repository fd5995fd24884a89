package payments.dr.operations.restore;

import java.util.ArrayList;
import java.util.List;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionRole;
import payments.dr.lambda.aws.SystemClock;
import payments.dr.lambda.port.Clock;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.console.Project;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.postgres.Clusters;
import software.amazon.awssdk.services.rds.model.DBCluster;

/** The parts of a deployed environment that restores use. */
interface RestorableEnvironment {

  /** Opens it. */
  interface Places {

    RestorableEnvironment open(Project project, Environment environment);
  }

  Site site(RegionRole role);

  /** How a restored cluster is reached. */
  Cluster restored(Restoration restoration, String region);

  /** Whichever cluster writes now. */
  Cluster writer(DatabaseGeneration generation);

  Clock clock();

  /** What restores have made in a Region and nobody removed, by its name. */
  static List<Restoration> restorations(Site site) {
    List<Restoration> found = new ArrayList<>();
    for (DBCluster cluster : site.rds().describeDBClustersPaginator(request -> {}).dbClusters()) {
      Restoration.of(site.names(), site.role(), cluster).ifPresent(found::add);
    }
    return found;
  }

  /** In AWS. */
  static RestorableEnvironment of(Project project, Environment environment) {
    AwsAccess aws = AwsAccess.of(project, environment);
    String account = project.configuration().accountOf(environment).config().id();
    Clusters clusters = Clusters.of(project, environment);
    return new RestorableEnvironment() {
      @Override
      public Site site(RegionRole role) {
        return Site.of(aws, environment, account, role);
      }

      @Override
      public Cluster restored(Restoration restoration, String region) {
        return clusters.restored(restoration.generation(), region, restoration.cluster());
      }

      @Override
      public Cluster writer(DatabaseGeneration generation) {
        return clusters.cluster(generation);
      }

      @Override
      public Clock clock() {
        return new SystemClock();
      }
    };
  }
}
