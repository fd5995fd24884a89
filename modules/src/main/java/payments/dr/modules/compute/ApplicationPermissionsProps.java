package payments.dr.modules.compute;

import java.util.List;
import payments.dr.modules.iam.Statement;

/**
 * What the application's permissions need.
 *
 * @param statements at least one; usually from what the databases expose
 */
public record ApplicationPermissionsProps(Fleet fleet, List<Statement> statements) {

  public ApplicationPermissionsProps {
    if (statements.isEmpty()) {
      throw new IllegalArgumentException("statements must hold at least one, got none");
    }
    statements = List.copyOf(statements);
  }
}
