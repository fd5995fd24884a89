package payments.dr.modules.database;

import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/** The session table with its replica. */
public final class SessionTables {

  private final SessionTable table;
  private final SessionTableReplica replica;

  public SessionTables(RegionPair<Component> scopes, String id, GenerationProps props) {
    RegionPair<Region> regions = props.database().regions();
    table = new SessionTable(scopes.primary(), id, regions.primary(), props);
    replica = new SessionTableReplica(scopes.dr(), id, regions.dr(), props, table);
  }

  String name() {
    return table.name();
  }

  RegionPair<String> arns() {
    return new RegionPair<>(table.arn(), replica.arn());
  }
}
