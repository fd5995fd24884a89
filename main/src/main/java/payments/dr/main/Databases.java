package payments.dr.main;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.database.GenerationsSettings;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.backup.BackupSource;
import payments.dr.modules.compute.ApplicationPermissions;
import payments.dr.modules.compute.ApplicationPermissionsProps;
import payments.dr.modules.compute.Fleet;
import payments.dr.modules.compute.LeasedDatabase;
import payments.dr.modules.database.DatabasePointer;
import payments.dr.modules.database.DatabasePointerProps;
import payments.dr.modules.database.DatabaseProps;
import payments.dr.modules.database.PaymentsDatabase;
import payments.dr.modules.database.ReplicationAccess;
import payments.dr.modules.database.ReplicationAccessProps;
import payments.dr.modules.database.v1.DatabaseV1;
import payments.dr.modules.database.v2.DatabaseV2;
import payments.dr.modules.failover.LedgerTable;
import payments.dr.modules.failover.controller.ControlledDatabase;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.monitoring.MonitoredDatabase;
import payments.dr.modules.region.Region;

/**
 * The deployed generations of the database, and the pointers to the active one.
 *
 * <p>Whatever goes with a generation (permissions, backups, alarms) is made for each deployed one;
 * only the pointers and what {@link #active} tells depend on the flag. So a cutover can find
 * nothing missing, and changes nothing else.
 */
final class Databases {

  private final GenerationsSettings settings;
  private final Map<DatabaseGeneration, PaymentsDatabase> deployed =
      new EnumMap<>(DatabaseGeneration.class);

  Databases(
      Environment environment, RegionPair<Foundation> foundations, RegionPair<Entrance> entrances) {
    settings = environment.config().databases();
    RegionPair<Region> regions = foundations.map(Foundation::region);
    RegionPair<Fleet> fleets = entrances.map(Entrance::fleet);
    RegionPair<LedgerTable> ledgers = foundations.map(Foundation::ledger);
    for (DatabaseGeneration generation : settings.deployed()) {
      DatabaseProps props =
          new DatabaseProps(
              environment.names(),
              settings.of(generation),
              regions,
              foundations.map(Foundation::network),
              foundations.map(Foundation::keys),
              fleets.map(Fleet::securityGroupId),
              environment.config().protectData(),
              settings.finalSnapshotOf(generation));
      deployed.put(generation, create(generation, "database-" + generation.id(), props));
    }
    List<PaymentsDatabase> all = List.copyOf(deployed.values());
    regions.map(
        region ->
            new ReplicationAccess(
                region, "replication-access", ReplicationAccessProps.of(all, region.role())));
    DatabasePointerProps pointer =
        new DatabasePointerProps(
            environment.names(), active(), ledgers.map(LedgerTable::literalName));
    regions
        .map(region -> new DatabasePointer(region, "pointer", pointer))
        .zip(
            regions,
            (own, region) ->
                permit(region, fleets.get(region.role()), own, ledgers.get(region.role())));
  }

  /** The one that applications use. */
  PaymentsDatabase active() {
    return deployed.get(settings.active());
  }

  List<String> deployedIds() {
    return deployed.keySet().stream().map(DatabaseGeneration::id).toList();
  }

  /** The one whose protection is lifted. */
  Optional<String> retiringId() {
    return Optional.ofNullable(settings.retiring()).map(DatabaseGeneration::id);
  }

  /** What is to be backed up. */
  List<BackupSource> backupSources() {
    return deployed.values().stream()
        .map(
            database ->
                new BackupSource(
                    database.generation().id(),
                    database.generation().nameSuffix(),
                    database.clusterArns(),
                    database.sessionTableArns()))
        .toList();
  }

  /** What is to be watched. */
  List<MonitoredDatabase> monitored() {
    return deployed.values().stream()
        .map(
            database ->
                new MonitoredDatabase(
                    database.generation().id(),
                    database.generation().nameSuffix(),
                    database.clusterIdentifiers(),
                    database.sessionTableName()))
        .toList();
  }

  /** Of all clusters in one Region. */
  List<String> securityGroupIds(RegionRole role) {
    return deployed.values().stream()
        .map(database -> database.securityGroupIds().get(role))
        .toList();
  }

  /** What the failover controllers look at and move. */
  List<ControlledDatabase> controlled() {
    return deployed.values().stream()
        .map(
            database ->
                new ControlledDatabase(
                    database.generation().id(),
                    database.globalClusterLiteralName(),
                    database.clusterLiteralNames(),
                    database.writerEndpoints(),
                    database.readerEndpoints(),
                    database.port(),
                    database.databaseName(),
                    database.securityGroupIds(),
                    database.userArns(ControlledDatabase.HEARTBEAT_USER)))
        .toList();
  }

  /** Whose lease the fleet of one Region renews. */
  List<LeasedDatabase> leased(RegionRole role) {
    return deployed.values().stream()
        .map(
            database ->
                new LeasedDatabase(
                    database.generation().id(),
                    database.writerEndpoints().get(role),
                    database.port(),
                    database.databaseName(),
                    database.userArns(LeasedDatabase.RENEWER).get(role)))
        .toList();
  }

  private static PaymentsDatabase create(
      DatabaseGeneration generation, String id, DatabaseProps props) {
    return switch (generation) {
      case V1 -> new DatabaseV1(id, props);
      case V2 -> new DatabaseV2(id, props);
    };
  }

  /** Every deployed generation: the pointer can move at any time, and permissions do not. */
  private ApplicationPermissions permit(
      Region region, Fleet fleet, DatabasePointer pointer, LedgerTable ledger) {
    return new ApplicationPermissions(
        region,
        "application",
        new ApplicationPermissionsProps(
            fleet,
            Stream.of(
                    data(region.role()),
                    pointer.applicationStatements().stream(),
                    ledger.applicationStatements().stream())
                .flatMap(statements -> statements)
                .toList()));
  }

  private Stream<Statement> data(RegionRole role) {
    return deployed.values().stream()
        .flatMap(database -> database.applicationStatements().get(role).stream());
  }
}
