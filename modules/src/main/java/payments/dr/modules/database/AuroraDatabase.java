package payments.dr.modules.database;

import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/** An Aurora global database with a cluster in each Region, and its administrator's password. */
public final class AuroraDatabase {

  private final GlobalCluster global;
  private final RegionPair<AuroraCluster> clusters;
  private final RegionPair<String> securityGroupIds;
  private final MasterPassword password;

  /**
   * @param maintenance windows of the clusters, UTC, such as {@code sun:05:00-sun:06:00}
   */
  public AuroraDatabase(
      RegionPair<Component> scopes, GenerationProps props, RegionPair<String> maintenance) {
    RegionPair<Region> regions = props.database().regions();
    password = new MasterPassword(scopes.dr(), "password", props);
    global = new GlobalCluster(scopes.primary(), "global", regions.primary(), props);
    RegionPair<DatabaseAccess> access =
        scopes.zip(regions, (scope, region) -> new DatabaseAccess(scope, "access", region, props));
    RegionPair<AuroraClusterProps> clusterProps =
        access.zip(
            maintenance, (ways, window) -> new AuroraClusterProps(props, global, ways, window));
    AuroraCluster original =
        AuroraCluster.original(
            scopes.primary(), "aurora", regions.primary(), clusterProps.primary(), password);
    clusters =
        new RegionPair<>(
            original,
            AuroraCluster.secondary(
                scopes.dr(), "aurora", regions.dr(), clusterProps.dr(), original));
    securityGroupIds = access.map(DatabaseAccess::securityGroupId);
  }

  GlobalCluster global() {
    return global;
  }

  RegionPair<AuroraCluster> clusters() {
    return clusters;
  }

  RegionPair<String> securityGroupIds() {
    return securityGroupIds;
  }

  RegionPair<String> secretArns() {
    return password.secretArns();
  }
}
