package payments.dr.modules.database;

import java.util.List;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.iam.Statement;

/**
 * What the rest of the system may know of a database generation. Pairs are by Region, not by who
 * writes: after a switchover the writer endpoint of the DR Region is the one that takes writes.
 */
public interface PaymentsDatabase {

  DatabaseGeneration generation();

  String globalClusterId();

  String globalClusterArn();

  /** The text, not a reference: what names it in either Region must not lean on the other. */
  String globalClusterLiteralName();

  /** The name that Aurora itself moves to the Region that writes. */
  String globalWriterEndpoint();

  RegionPair<String> clusterIdentifiers();

  RegionPair<String> clusterArns();

  /** The texts, not references. */
  RegionPair<String> clusterLiteralNames();

  /** Takes writes while its Region is the one that writes. */
  RegionPair<String> writerEndpoints();

  RegionPair<String> readerEndpoints();

  int port();

  String databaseName();

  /** The role that applications sign in as. */
  String applicationUsername();

  /** Who may open a connection to the clusters' port is decided here. */
  RegionPair<String> securityGroupIds();

  /** What {@code rds-db:connect} is granted on, so that a role may sign in as {@code user}. */
  RegionPair<String> userArns(String user);

  /** The master password in each Region; the DR Region's is a replica. */
  RegionPair<String> secretArns();

  /** The same in both Regions. */
  String sessionTableName();

  RegionPair<String> sessionTableArns();

  /** What the application of a Region may do with the data of that Region. */
  RegionPair<List<Statement>> applicationStatements();
}
