package payments.dr.operations.reconcile;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.EnvironmentRegions;
import payments.dr.configuration.region.RegionRole;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.EnvironmentParameter;
import payments.dr.operations.console.Project;
import payments.dr.operations.postgres.PaymentTable;
import payments.dr.operations.postgres.TableOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;

/** {@code ./dr reconcile}: which payments did an unplanned failover lose or double? */
@Command(
    name = "reconcile",
    description = {
      "After an unplanned failover: compares what the former primary had committed with what the new primary has, by idempotency key.",
      "Restores the snapshot that Aurora took of the former primary into a temporary cluster, which is removed again. Writes a report, and the missing payments to a file; nothing into any database.",
      "Payments are looked at from a quarter of an hour before the newest heartbeat that had arrived when the controller promoted."
    },
    footer = {
      "  ./dr reconcile prod",
      "  ./dr reconcile prod --cluster former-primary --since 2026-11-25T02:45:00Z"
    },
    exitCodeList = {
      "0:nothing is missing, doubled or conflicting",
      "1:bad input, also when there is no failover or no snapshot of it",
      "2:AWS, the ledger or a database failed, or the temporary cluster still stands",
      "3:something is, or nothing could be compared: see the report"
    })
public final class ReconcileCommand implements Callable<Integer> {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final ReconciledEnvironment.Places places;

  @Spec private CommandSpec spec;

  @Mixin private EnvironmentParameter chosen;

  @ArgGroup(exclusive = true)
  private Source source = new Source();

  @Option(
      names = "--since",
      paramLabel = "INSTANT",
      description =
          "From when on payments are looked at, such as 2026-11-25T02:45:00Z. Default: by the audit"
              + " trail's newest unplanned failover.")
  private Optional<String> since = Optional.empty();

  @Option(
      names = "--old-region",
      paramLabel = "REGION",
      description = "Where the former primary was. Default: the primary Region.")
  private Optional<String> oldRegion = Optional.empty();

  @Mixin private TableOptions table;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "A new folder. Default: evidence/reconcile-ENV-TIME.")
  private Optional<Path> out = Optional.empty();

  ReconcileCommand() {
    this(ReconciledEnvironment::of);
  }

  ReconcileCommand(ReconciledEnvironment.Places places) {
    this.places = places;
  }

  @Override
  public Integer call() {
    Project project = Project.ofLauncher();
    Environment environment = chosen.of(project);
    RegionRole old = old(environment);
    PaymentTable payments = table.value();
    Optional<String> detached = source.cluster();
    ReconciledEnvironment place = places.open(project, environment, old);
    PromotedPoint point = point(environment, old, place);
    ReportFolder folder = ReportFolder.make(folder(project, place.now()));
    try (FormerPrimary writer = place.formerPrimary(point.generation())) {
      Work work = new Work(environment, place, point, payments, folder, this::tell);
      return detached.isPresent()
          ? work.look(
              writer.detached().apply(detached.get()),
              "cluster %s in %s".formatted(detached.get(), writer.region()))
          : lookAtSnapshot(work, writer);
    } finally {
      folder.deleteIfEmpty();
    }
  }

  private int lookAtSnapshot(Work work, FormerPrimary writer) {
    DBClusterSnapshot snapshot =
        source
            .snapshot()
            .map(writer::snapshot)
            .orElseGet(() -> writer.newestSince(work.point().since()));
    String prefix = "reconcile-%s-%s".formatted(work.point().generation().id(), chosen.name());
    try (TemporaryCluster temporary = writer.restore(snapshot, prefix, this::tell)) {
      return work.look(
          temporary.cluster(),
          "snapshot %s of %s in %s, taken %s"
              .formatted(
                  snapshot.dbClusterSnapshotIdentifier(),
                  snapshot.dbClusterIdentifier(),
                  writer.region(),
                  snapshot.snapshotCreateTime()));
    }
  }

  private PromotedPoint point(
      Environment environment, RegionRole old, ReconciledEnvironment place) {
    if (since.isPresent()) {
      return PromotedPoint.given(
          environment.config().databases().active(), instant(since.get(), place.now()));
    }
    if (old == RegionRole.DR) {
      throw new BadInputException(
          "--since must be given with --old-region %s, got none: no controller sees what arrives in the primary Region"
              .formatted(oldRegion.orElseThrow()));
    }
    return PromotedPoint.of(place.ledger());
  }

  private static Instant instant(String given, Instant now) {
    Instant instant;
    try {
      instant = Instant.parse(given);
    } catch (DateTimeParseException e) {
      throw new BadInputException(
          "--since must be an instant such as 2026-11-25T02:45:00Z, got \"%s\"".formatted(given));
    }
    if (!instant.isBefore(now)) {
      throw new BadInputException(
          "--since must be before now, %s, got \"%s\"".formatted(now, given));
    }
    return instant;
  }

  private RegionRole old(Environment environment) {
    EnvironmentRegions regions = environment.config().regions();
    return Stream.of(RegionRole.values())
        .filter(role -> regions.get(role).name().equals(oldRegion.orElse(regions.primary().name())))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "--old-region must be %s or %s, got \"%s\""
                        .formatted(
                            regions.primary().name(),
                            regions.dr().name(),
                            oldRegion.orElseThrow())));
  }

  private Path folder(Project project, Instant now) {
    return out.orElseGet(
        () ->
            project
                .root()
                .resolve("evidence")
                .resolve("reconcile-%s-%s".formatted(chosen.name(), STAMP.format(now))));
  }

  private void tell(String line) {
    PrintWriter console = spec.commandLine().getOut();
    console.println(line);
    console.flush();
  }
}
