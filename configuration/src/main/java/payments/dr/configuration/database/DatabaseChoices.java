package payments.dr.configuration.database;

import payments.dr.configuration.region.RegionPair;

/**
 * What an operator chose for one generation. The records behind it say what may be chosen, which
 * differs from generation to generation.
 */
public interface DatabaseChoices {

  String engineVersion();

  ClusterSettings primary();

  ClusterSettings dr();

  String databaseName();

  String masterUsername();

  String applicationUsername();

  Integer port();

  Integer passwordVersion();

  /** Null when nothing bounds the loss. */
  Integer rpoBoundSeconds();

  Integer monitoringIntervalSeconds();

  Integer performanceInsightsRetentionDays();

  Integer logRetentionDays();

  /** The settings of both clusters, by Region. */
  default RegionPair<ClusterSettings> clusters() {
    return new RegionPair<>(primary(), dr());
  }

  /** The parameter group family of the engine: {@code aurora-postgresql17}. */
  default String parameterFamily() {
    return "aurora-postgresql" + engineVersion().substring(0, engineVersion().indexOf('.'));
  }
}
