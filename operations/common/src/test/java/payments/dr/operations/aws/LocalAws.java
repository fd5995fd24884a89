package payments.dr.operations.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/** An empty local AWS of a test's own, on a free port. */
public record LocalAws(Shell shell, String endpoint) implements AutoCloseable {

  /** Of environment {@code local}. */
  public static final List<String> REGIONS = List.of("us-east-1", "us-east-2");

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /**
   * @param home empty folder that it keeps its log in
   */
  public static LocalAws start(Path home) {
    return start(Map.of("LOCAL_AWS_HOME", home.toString()));
  }

  /**
   * The same with PostgreSQL behind the endpoints of clusters.
   *
   * @param home empty folder that everybody may enter: servers of root run as another user
   */
  public static LocalAws startWithDatabases(Path home) {
    return start(Map.of("LOCAL_AWS_HOME", home.toString(), "LOCAL_AWS_DATA_PLANE", "on"));
  }

  private static LocalAws start(Map<String, String> settings) {
    Shell shell = new Shell(ProjectCopy.PROJECT, settings);
    return new LocalAws(shell, shell.sh(LIMIT, "emulator/local-aws start").expect(0).out().strip());
  }

  public AwsAccess access() {
    return AwsAccess.local(endpoint, REGIONS);
  }

  /** What it tells of the servers behind the endpoints of clusters. */
  public JsonNode databases() {
    return new LocalAwsApi(URI.create(endpoint)).get("databases");
  }

  @Override
  public void close() {
    shell.sh(LIMIT, "emulator/local-aws stop").expect(0);
  }
}
