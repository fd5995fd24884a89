package payments.dr.modules.database;

import java.util.List;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.iam.Statement;

/**
 * A generation that consists of an Aurora database and session tables: what it tells the rest of
 * the system. Which of them, and how they are laid out, each generation decides itself.
 */
public abstract class ComposedDatabase implements PaymentsDatabase {

  private final GenerationProps props;
  private final AuroraDatabase aurora;
  private final SessionTables sessions;

  protected ComposedDatabase(GenerationProps props, AuroraDatabase aurora, SessionTables sessions) {
    this.props = props;
    this.aurora = aurora;
    this.sessions = sessions;
  }

  @Override
  public DatabaseGeneration generation() {
    return props.generation();
  }

  @Override
  public String globalClusterId() {
    return aurora.global().id();
  }

  @Override
  public String globalClusterArn() {
    return aurora.global().arn();
  }

  @Override
  public String globalClusterLiteralName() {
    return aurora.global().literalName();
  }

  @Override
  public String globalWriterEndpoint() {
    return aurora.global().writerEndpoint();
  }

  @Override
  public RegionPair<String> clusterIdentifiers() {
    return aurora.clusters().map(AuroraCluster::identifier);
  }

  @Override
  public RegionPair<String> clusterArns() {
    return aurora.clusters().map(AuroraCluster::arn);
  }

  @Override
  public RegionPair<String> clusterLiteralNames() {
    return aurora.clusters().map(AuroraCluster::givenIdentifier);
  }

  @Override
  public RegionPair<String> writerEndpoints() {
    return aurora.clusters().map(AuroraCluster::writerEndpoint);
  }

  @Override
  public RegionPair<String> readerEndpoints() {
    return aurora.clusters().map(AuroraCluster::readerEndpoint);
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
  public String applicationUsername() {
    return props.settings().applicationUsername();
  }

  @Override
  public RegionPair<String> securityGroupIds() {
    return aurora.securityGroupIds();
  }

  @Override
  public RegionPair<String> userArns(String user) {
    return aurora.clusters().map(cluster -> cluster.userArn(user));
  }

  @Override
  public RegionPair<String> secretArns() {
    return aurora.secretArns();
  }

  @Override
  public String sessionTableName() {
    return sessions.name();
  }

  @Override
  public RegionPair<String> sessionTableArns() {
    return sessions.arns();
  }

  @Override
  public RegionPair<List<Statement>> applicationStatements() {
    return props
        .database()
        .regions()
        .map(region -> ApplicationStatements.of(region, this, props.dataKey(region)));
  }
}
