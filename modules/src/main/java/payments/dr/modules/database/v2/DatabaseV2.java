package payments.dr.modules.database.v2;

import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.database.AuroraDatabase;
import payments.dr.modules.database.ComposedDatabase;
import payments.dr.modules.database.DatabaseProps;
import payments.dr.modules.database.GenerationProps;
import payments.dr.modules.database.SessionTables;
import payments.dr.modules.reference.Component;

/** The second generation: one Aurora cluster and one session table in each Region. */
public final class DatabaseV2 extends ComposedDatabase {

  /**
   * UTC; DR first, as AWS wants clusters of a global database upgraded, and the primary Region a
   * day later: time to see what maintenance broke, and no longer with two versions, between which
   * no managed failover or switchover is possible.
   */
  private static final RegionPair<String> MAINTENANCE =
      new RegionPair<>("thu:05:00-thu:06:00", "wed:05:00-wed:06:00");

  /** Makes one construct named {@code id} in each Region. */
  public DatabaseV2(String id, DatabaseProps props) {
    this(
        new GenerationProps(DatabaseGeneration.V2, props),
        props.regions().map(region -> new Component(region, id)));
  }

  private DatabaseV2(GenerationProps props, RegionPair<Component> scopes) {
    super(
        props,
        new AuroraDatabase(scopes, props, MAINTENANCE),
        new SessionTables(scopes, "session", props));
  }
}
