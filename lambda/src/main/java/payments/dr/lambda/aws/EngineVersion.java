package payments.dr.lambda.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import payments.dr.lambda.model.Site;
import software.amazon.awssdk.services.rds.RdsClient;

/**
 * The engine version of one Region's clusters. Only maintenance changes it, so that it is asked for
 * once in {@link #PACE}; what was seen last is kept for when that Region does not answer.
 */
public final class EngineVersion {

  static final Duration PACE = Duration.ofMinutes(1);

  /**
   * What was seen before counts no longer: an execution that Lambda kept since an upgrade must not
   * hold what was true before it against a failover. A failover is decided within minutes.
   */
  static final Duration OLDEST = Duration.ofMinutes(15);

  /** Of a cluster's ARN: {@code arn:aws:rds:us-east-1:123456789012:cluster:name}. */
  private static final int IDENTIFIER = 6;

  private final RdsClient client;
  private final GlobalClusters clusters;
  private final Site site;
  private final InstantSource clock;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  private record Seen(String version, Instant at) {}

  /**
   * @param client in the Region that is asked, because no other one describes its clusters
   * @param clusters where to look up which cluster that is
   */
  public EngineVersion(RdsClient client, GlobalClusters clusters, Site site, InstantSource clock) {
    this.client = client;
    this.clusters = clusters;
    this.site = site;
    this.clock = clock;
  }

  /**
   * Such as {@code 17.7}, at most {@link #PACE} old.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when AWS does not say
   * @throws IllegalStateException when that Region has no cluster of the global one
   */
  String look(String generation) {
    Instant now = clock.instant();
    Seen before = seen.get(generation);
    if (before != null && now.isBefore(before.at().plus(PACE))) {
      return before.version();
    }
    String cluster = clusters.view(generation).memberArn(site).split(":")[IDENTIFIER];
    String version =
        client
            .describeDBClusters(request -> request.dbClusterIdentifier(cluster))
            .dbClusters()
            .get(0)
            .engineVersion();
    seen.put(generation, new Seen(version, now));
    return version;
  }

  /** What the last look saw that met an answer within {@link #OLDEST}; empty: none did. */
  String last(String generation) {
    Seen before = seen.get(generation);
    boolean counts = before != null && clock.instant().isBefore(before.at().plus(OLDEST));
    return counts ? before.version() : "";
  }
}
