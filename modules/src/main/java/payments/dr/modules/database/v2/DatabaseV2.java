package payments.dr.modules.database.v2;

import java.util.List;
import payments.dr.modules.database.ApplicationStatements;
import payments.dr.modules.database.AuroraCluster;
import payments.dr.modules.database.AuroraClusterProps;
import payments.dr.modules.database.DatabaseAccess;
import payments.dr.modules.database.DatabaseGeneration;
import payments.dr.modules.database.DatabaseProps;
import payments.dr.modules.database.GenerationProps;
import payments.dr.modules.database.GlobalCluster;
import payments.dr.modules.database.MasterPassword;
import payments.dr.modules.database.PaymentsDatabase;
import payments.dr.modules.database.SessionTable;
import payments.dr.modules.database.SessionTableReplica;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.region.Region;
import payments.dr.modules.region.RegionPair;
import software.constructs.Construct;

/** The second generation: one Aurora cluster and one session table in each Region. */
public final class DatabaseV2 implements PaymentsDatabase {

  /** UTC; days apart and DR first, so that bad maintenance never meets both. */
  private static final RegionPair<String> MAINTENANCE =
      new RegionPair<>("sun:05:00-sun:06:00", "wed:05:00-wed:06:00");

  private final DatabaseProps props;
  private final GlobalCluster global;
  private final RegionPair<AuroraCluster> clusters;
  private final RegionPair<String> securityGroupIds;
  private final MasterPassword password;
  private final SessionTable sessions;
  private final RegionPair<String> sessionTableArns;

  /** Makes one construct named {@code id} in each Region. */
  public DatabaseV2(String id, DatabaseProps props) {
    this.props = props;
    GenerationProps generation = new GenerationProps(generation(), props);
    Region primary = props.regions().primary();
    Region dr = props.regions().dr();
    RegionPair<Construct> scopes = props.regions().map(region -> new Construct(region, id));

    password = new MasterPassword(scopes.dr(), "password", generation);
    global = new GlobalCluster(scopes.primary(), "global", primary, generation);
    RegionPair<DatabaseAccess> access =
        scopes.zip(
            props.regions(),
            (scope, region) -> new DatabaseAccess(scope, "access", region, generation));
    RegionPair<AuroraClusterProps> clusterProps =
        access.zip(
            MAINTENANCE,
            (ways, window) -> new AuroraClusterProps(generation, global, ways, window));
    AuroraCluster original =
        AuroraCluster.original(
            scopes.primary(), "aurora", primary, clusterProps.primary(), password);
    clusters =
        new RegionPair<>(
            original,
            AuroraCluster.secondary(scopes.dr(), "aurora", dr, clusterProps.dr(), original));
    securityGroupIds = access.map(DatabaseAccess::securityGroupId);

    sessions = new SessionTable(scopes.primary(), "session", primary, generation);
    sessionTableArns =
        new RegionPair<>(
            sessions.arn(),
            new SessionTableReplica(scopes.dr(), "session", dr, generation, sessions).arn());
  }

  @Override
  public DatabaseGeneration generation() {
    return DatabaseGeneration.V2;
  }

  @Override
  public String globalClusterId() {
    return global.id();
  }

  @Override
  public String globalClusterArn() {
    return global.arn();
  }

  @Override
  public String globalWriterEndpoint() {
    return global.writerEndpoint();
  }

  @Override
  public RegionPair<String> clusterIdentifiers() {
    return clusters.map(AuroraCluster::identifier);
  }

  @Override
  public RegionPair<String> clusterArns() {
    return clusters.map(AuroraCluster::arn);
  }

  @Override
  public RegionPair<String> writerEndpoints() {
    return clusters.map(AuroraCluster::writerEndpoint);
  }

  @Override
  public RegionPair<String> readerEndpoints() {
    return clusters.map(AuroraCluster::readerEndpoint);
  }

  @Override
  public int port() {
    return props.settings().port();
  }

  @Override
  public String databaseName() {
    return props.settings().databaseName();
  }

  @Override
  public RegionPair<String> securityGroupIds() {
    return securityGroupIds;
  }

  @Override
  public RegionPair<String> userArns(String user) {
    return clusters.map(cluster -> cluster.userArn(user));
  }

  @Override
  public RegionPair<String> secretArns() {
    return password.secretArns();
  }

  @Override
  public String sessionTableName() {
    return sessions.name();
  }

  @Override
  public RegionPair<String> sessionTableArns() {
    return sessionTableArns;
  }

  @Override
  public RegionPair<List<Statement>> applicationStatements() {
    String user = props.settings().applicationUsername();
    return props
        .regions()
        .zip(
            props.keys(),
            (region, keys) ->
                ApplicationStatements.of(region, this, user, keys.arn(KeyPurpose.DATA)));
  }
}
