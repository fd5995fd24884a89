package payments.dr.modules.database;

import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.database.GenerationSettings;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.region.Region;

/** What every block of one generation needs: the generation's own names and the shared inputs. */
public record GenerationProps(DatabaseGeneration generation, DatabaseProps database) {

  /** {@code primary-db-cluster-v2-dev}. */
  public String regional(Region region, String resource) {
    return database.names().regional(region.role(), resource + generation.nameSuffix());
  }

  /** {@code dr-db-cluster-v2-dev}, later {@code dr-db-cluster-v2-e2-dev}. */
  public String cluster(Region region) {
    return database
        .names()
        .regional(
            region.role(), "db-cluster" + generation.nameSuffix() + incarnationSuffix(region));
  }

  /** {@code primary-db-instance-v2-0-dev}. */
  public String instance(Region region, int number) {
    return database
        .names()
        .regional(
            region.role(),
            "db-instance" + generation.nameSuffix() + incarnationSuffix(region) + "-" + number);
  }

  private String incarnationSuffix(Region region) {
    return settings().clusters().get(region.role()).nameSuffix();
  }

  /** {@code session-table-v2-dev}. */
  public String global(String resource) {
    return database.names().global(resource + generation.nameSuffix());
  }

  /** ARN of the key under which data lies in a Region. */
  public String dataKey(Region region) {
    return key(region, KeyPurpose.DATA);
  }

  public String key(Region region, KeyPurpose purpose) {
    return database.keys().get(region.role()).arn(purpose);
  }

  public GenerationSettings settings() {
    return database.settings();
  }

  /** Whether what remains after a removal is kept: backups, deleted secrets, a last snapshot. */
  public boolean protectData() {
    return database.protectData();
  }

  /** Whether neither AWS nor Terraform may delete it; lifted for a generation that retires. */
  public boolean preventDestroy() {
    return database.protectData() && database.finalSnapshot().isEmpty();
  }

  /** Whether a cluster leaves a snapshot behind. */
  public boolean leavesSnapshot() {
    return database.protectData() || database.finalSnapshot().isPresent();
  }

  /** {@code primary-db-final-v2-dev}, or the operator's name in the place of the resource. */
  public String finalSnapshot(Region region) {
    return database
        .finalSnapshot()
        .map(name -> database.names().regional(region.role(), name))
        .orElseGet(() -> regional(region, "db-final"));
  }
}
