package payments.dr.operations.restore;

import java.util.List;
import java.util.function.Consumer;
import payments.dr.configuration.region.RegionRole;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.Confirmation;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.GlobalCluster;

/**
 * Removes what a restore made, and only that: the table first, the cluster with the record last.
 */
record Cleaning(RestorableEnvironment environment, Consumer<String> told) {

  /**
   * Asks for a confirmation first.
   *
   * @param identifier of the restored cluster
   * @throws BadInputException when no restore made it, or it serves something by now; nothing was
   *     removed
   */
  void remove(String identifier) {
    for (RegionRole role : RegionRole.values()) {
      Site site = environment.site(role);
      if (identifier.startsWith(site.role().id() + "-")) {
        remove(site, restoration(site, identifier));
        return;
      }
    }
    throw none(identifier, "no such name");
  }

  private void remove(Site site, Restoration restoration) {
    Confirmation.of(restoration.cluster());
    // Much may have happened while somebody thought about it.
    restoration(site, restoration.cluster());
    Waiting waiting = new Waiting(environment.clock(), told);
    restoration
        .origin()
        .sessions()
        .ifPresent(source -> new RestoredTable(site, restoration, source, told).remove(waiting));
    new RestoredCluster(site, restoration, told).remove(waiting);
  }

  private Restoration restoration(Site site, String identifier) {
    DBCluster cluster =
        RestoredCluster.find(site.rds(), identifier)
            .orElseThrow(() -> none(identifier, "no such cluster in " + site.region()));
    Restoration restoration =
        Restoration.of(site.names(), site.role(), cluster)
            .orElseThrow(() -> none(identifier, "a cluster without the tags of a restore"));
    requireAlone(site, restoration, cluster);
    return restoration;
  }

  /** Somebody may have made it the database by now. */
  private static void requireAlone(Site site, Restoration restoration, DBCluster cluster) {
    // The filter that AWS documents is by Regions alone.
    List<String> globals =
        site.rds().describeGlobalClustersPaginator(request -> {}).globalClusters().stream()
            .filter(
                global ->
                    global.globalClusterMembers().stream()
                        .anyMatch(member -> member.dbClusterArn().equals(cluster.dbClusterArn())))
            .map(GlobalCluster::globalClusterIdentifier)
            .toList();
    if (!globals.isEmpty()) {
      throw new BadInputException(
          "cluster %s must stand outside of every global database to be removed, got a member of %s"
              .formatted(restoration.cluster(), String.join(", ", globals)));
    }
    List<String> others =
        cluster.dbClusterMembers().stream()
            .map(DBClusterMember::dbInstanceIdentifier)
            .filter(instance -> !instance.equals(restoration.instance()))
            .toList();
    if (!others.isEmpty()) {
      throw new BadInputException(
          "cluster %s must have no instance but %s to be removed, got %s: somebody uses it"
              .formatted(restoration.cluster(), restoration.instance(), String.join(", ", others)));
    }
  }

  private static BadInputException none(String identifier, String found) {
    return new BadInputException(
        "--clean must name a cluster that a restore made, as the list has it, got \"%s\": %s"
            .formatted(identifier, found));
  }
}
