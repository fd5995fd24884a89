package payments.dr.operations.migration.cutover;

import java.util.List;
import payments.dr.operations.migration.database.DatabaseFence;
import payments.dr.operations.migration.database.MigrationLogin;
import payments.dr.operations.migration.database.Roles;
import payments.dr.operations.migration.database.SchemaCopy;
import payments.dr.operations.migration.database.Workspace;
import payments.dr.operations.migration.database.WriteGuard;

/** Makes the source's schema at the target, without rows, and closes the target. */
final class Preparation {

  private Preparation() {}

  static List<Step> of(Sides sides, Progress progress) {
    DatabaseFence target = new DatabaseFence(sides.target());
    return List.of(
        // Frozen before it is dumped: what is created later would be on one side only.
        new Step("freeze schema", () -> Workspace.make(sides.source())),
        new Step("make workspace", () -> Workspace.make(sides.target())),
        new Step(
            "make logins",
            () -> {
              MigrationLogin.make(sides.source());
              MigrationLogin.make(sides.target());
            }),
        new Step(
            "carry roles",
            () -> Roles.carry(sides.source(), sides.target()).forEach(progress::say)),
        // Now their logins, and after the schema has come what it grants them.
        new Step("guard source", new WriteGuard(sides.source())::make),
        new Step("close logins", target::take),
        new Step("carry schema", new SchemaCopy(sides.source(), sides.target())::make),
        new Step("guard target", new WriteGuard(sides.target())::make),
        new Step("close target", target::take));
  }
}
