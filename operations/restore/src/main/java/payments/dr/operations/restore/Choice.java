package payments.dr.operations.restore;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.operations.console.BadInputException;

/** Finds what is to be restored in one Region: a restore that was begun, or a backup. */
record Choice(Site site) {

  /**
   * By a recovery point of a cluster. A restore that was begun goes on even if the recovery point
   * is gone by now.
   *
   * @throws BadInputException when there is none, or it is not complete
   */
  Restoration point(String arn) {
    return begun(restoration -> restoration.origin().cluster().equals(arn))
        .orElseGet(() -> fresh(arn));
  }

  private Restoration fresh(String arn) {
    Vault vault = Vault.of(site);
    RecoveryPoint point =
        vault
            .point(arn)
            .filter(found -> found.kind() == Kind.CLUSTER)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "--point must name a recovery point of a cluster in %s of %s, got \"%s\"; the list has them: ./dr restore %s"
                            .formatted(
                                vault.name(), site.region(), arn, site.names().environment())));
    if (!point.isComplete()) {
      throw new BadInputException(
          "recovery point %s must be complete, got %s".formatted(arn, point.status()));
    }
    return new Restoration(
        site.names(),
        site.role(),
        point.generation(),
        new Origin(arn, point.created(), vault.sessionsBeside(point).map(RecoveryPoint::arn)));
  }

  /**
   * By a time.
   *
   * @throws BadInputException when no cluster of the generation can be restored to it, with the
   *     bounds of those that can be
   */
  Restoration at(Instant time, DatabaseGeneration generation) {
    return begun(
            restoration ->
                restoration.origin().isContinuous()
                    && restoration.generation() == generation
                    && restoration.origin().time().equals(time))
        .orElseGet(() -> fresh(time, generation));
  }

  private Restoration fresh(Instant time, DatabaseGeneration generation) {
    List<Window> windows =
        Window.ofClusters(site).stream()
            .filter(window -> window.generation() == generation)
            .toList();
    Window window =
        windows.stream()
            .filter(one -> one.contains(time))
            .findFirst()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "--at must be a time that a cluster of %s can be restored to in %s, got %s; %s"
                            .formatted(generation.id(), site.region(), time, bounds(windows))));
    return new Restoration(
        site.names(),
        site.role(),
        generation,
        new Origin(
            window.source(),
            time,
            Window.ofSessions(site, generation)
                .filter(sessions -> sessions.contains(time))
                .map(Window::source)));
  }

  private static String bounds(List<Window> windows) {
    return windows.isEmpty()
        ? "AWS keeps no continuous backup of one there"
        : windows.stream()
            .map(
                window ->
                    "%s from %s to %s".formatted(window.name(), window.earliest(), window.latest()))
            .collect(Collectors.joining(", "));
  }

  private Optional<Restoration> begun(Predicate<Restoration> wanted) {
    return RestorableEnvironment.restorations(site).stream().filter(wanted).findFirst();
  }
}
