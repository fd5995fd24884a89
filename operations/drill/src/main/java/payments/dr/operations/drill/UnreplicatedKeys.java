package payments.dr.operations.drill;

import java.time.Instant;
import java.util.Set;
import payments.dr.configuration.environment.Environment;
import payments.dr.operations.console.Project;
import payments.dr.operations.postgres.Cluster;

/** Finds payments that the primary Region had committed before the DR Region took over. */
public interface UnreplicatedKeys {

  /**
   * The idempotency keys of payments that the new primary lacks.
   *
   * @param writer that writes now
   * @param since when the first payment of the drill was sent
   */
  Set<String> find(Project project, Environment environment, Cluster writer, Instant since);
}
