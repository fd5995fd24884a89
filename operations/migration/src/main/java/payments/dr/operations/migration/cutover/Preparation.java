package payments.dr.operations.migration.cutover;

import java.util.List;
import payments.dr.operations.migration.compare.SchemaComparison;
import payments.dr.operations.migration.database.DatabaseFence;
import payments.dr.operations.migration.database.ExtensionTables;
import payments.dr.operations.migration.database.MigrationLogin;
import payments.dr.operations.migration.database.ReplicatedTables;
import payments.dr.operations.migration.database.Roles;
import payments.dr.operations.migration.database.SchemaCopy;
import payments.dr.operations.migration.database.Workspace;
import payments.dr.operations.migration.database.WriteGuard;

/** Makes the source's schema at the target, without rows, and closes the target. */
final class Preparation {

  private Preparation() {}

  /**
   * @param discardCopy whether a schema that the target has may be dropped, rows included
   */
  static List<Step> of(Sides sides, boolean discardCopy, Progress progress) {
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
            () -> new Roles(sides.source(), sides.target()).carry().forEach(progress::say)),
        // Now their logins, and after the schema has come what it grants them.
        new Step("guard source", new WriteGuard(sides.source())::make),
        new Step("close logins", target::take),
        new Step("carry schema", () -> carrySchema(sides, discardCopy)),
        new Step("guard target", new WriteGuard(sides.target())::make),
        new Step("close target", target::take));
  }

  private static void carrySchema(Sides sides, boolean discardCopy) {
    SchemaComparison comparison = new SchemaComparison(sides.source(), sides.target());
    List<String> differences = comparison.differences();
    if (differences.isEmpty()) {
      return;
    }
    SchemaCopy copy = new SchemaCopy(sides.source(), sides.target());
    if (discardCopy) {
      // What it would give back goes with its tables.
      new DatabaseFence(sides.target()).beneath(copy::discard);
    } else if (!ReplicatedTables.of(sides.target()).isEmpty()) {
      SchemaComparison.requireSame(
          differences,
          ": change %1$s, or have it emptied by ./dr migrate prepare --discard-copy"
              .formatted(sides.target().generation()));
    }
    copy.make();
    if (!sides.target().dryRun()) {
      SchemaComparison.requireSame(comparison.differences(), "");
      new ExtensionTables(sides.source(), sides.target()).requireSame();
    }
  }
}
