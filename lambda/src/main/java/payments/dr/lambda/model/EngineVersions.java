package payments.dr.lambda.model;

/**
 * The engine versions of the clusters of a global database. Aurora moves the writer only between
 * clusters of one version: AuroraUserGuide/aurora-global-database-disaster-recovery.html.
 *
 * @param primary that of the primary Region's cluster, such as {@code 17.7}; empty: never seen
 * @param dr that of the DR Region's cluster; empty: never seen
 */
public record EngineVersions(String primary, String dr) {

  public static final EngineVersions UNSEEN = new EngineVersions("", "");

  /** Returns whether both were seen. */
  public boolean seen() {
    return !primary.isEmpty() && !dr.isEmpty();
  }

  /** Returns whether both were seen, and are not the same. */
  public boolean differ() {
    return seen() && !primary.equals(dr);
  }

  /** What forbids a move of the writer while they {@link #differ}. */
  public String difference() {
    return "engine versions must be equal, got %s in the primary Region and %s in the DR Region"
        .formatted(primary, dr);
  }
}
