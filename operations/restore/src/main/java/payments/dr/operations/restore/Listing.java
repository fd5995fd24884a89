package payments.dr.operations.restore;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.operations.aws.AwsCallException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What can be restored in one Region, and what was restored there, as lines for a person. What one
 * service does not tell is said, and the others go on: on such a day a Region may be half gone.
 *
 * @param generations that are deployed
 */
record Listing(Site site, List<DatabaseGeneration> generations, Instant now) {

  /** More than these of a kind are counted only: hourly ones would fill the screen. */
  private static final int SHOWN = 8;

  private static final double GIGABYTE = 1 << 30;

  /**
   * What was asked, and whether everything answered.
   *
   * @param complete whether nothing was left unanswered
   */
  record Answer(boolean complete, List<String> lines) {}

  private interface Question {
    List<String> ask();
  }

  Answer answer() {
    List<String> lines = new ArrayList<>();
    lines.add(site.region());
    boolean complete = add(lines, "recovery points", this::points);
    complete &= add(lines, "continuous backups of clusters", this::clusters);
    complete &= add(lines, "continuous backups of session tables", this::sessions);
    complete &= add(lines, "what was restored", this::restored);
    return new Answer(complete, lines);
  }

  private static boolean add(List<String> lines, String what, Question question) {
    try {
      lines.addAll(question.ask());
      return true;
    } catch (SdkException e) {
      lines.add("  NOT TOLD    %s: %s".formatted(what, AwsCallException.said(e)));
      return false;
    }
  }

  private List<String> points() {
    Vault vault = Vault.of(site);
    List<String> lines = new ArrayList<>();
    lines.add("  vault %s, %s".formatted(vault.name(), vault.lock()));
    for (DatabaseGeneration generation : generations) {
      for (Kind kind : Kind.values()) {
        List<RecoveryPoint> points =
            vault.points().stream()
                .filter(point -> point.kind() == kind && point.generation() == generation)
                .toList();
        lines.add(
            "  %s of %s: %d recovery points"
                .formatted(kind.word(), generation.id(), points.size()));
        points.stream().limit(SHOWN).map(this::line).forEach(lines::add);
        if (points.size() > SHOWN) {
          lines.add(
              "    and %d more, the oldest of %s"
                  .formatted(points.size() - SHOWN, points.get(points.size() - 1).created()));
        }
      }
    }
    return lines;
  }

  private String line(RecoveryPoint point) {
    return "    %s  %7s old  of %s  %8s  %s  %s%s"
        .formatted(
            point.created(),
            age(point.created()),
            point.source(),
            size(point.bytes()),
            point.until().map(until -> "until " + until).orElse("for ever"),
            point.arn(),
            point.isComplete() ? "" : "  " + point.status());
  }

  private String age(Instant made) {
    Duration age = Duration.between(made, now);
    return age.toDays() > 1
        ? age.toDays() + " d"
        : "%d h %02d".formatted(age.toHours(), age.toMinutesPart());
  }

  private static String size(long bytes) {
    return bytes == 0 ? "no size" : String.format(Locale.ROOT, "%.1f GiB", bytes / GIGABYTE);
  }

  private List<String> clusters() {
    List<Window> windows = Window.ofClusters(site);
    return windows.isEmpty()
        ? List.of("  to a time: no cluster")
        : windows.stream().map(Listing::line).toList();
  }

  private List<String> sessions() {
    return generations.stream()
        .map(
            generation ->
                Window.ofSessions(site, generation)
                    .map(Listing::line)
                    .orElse("  to a time: no session table of " + generation.id()))
        .toList();
  }

  private static String line(Window window) {
    return "  to a time: %s to %s  %s%s"
        .formatted(
            window.earliest(),
            window.latest(),
            window.name(),
            window.gone() ? ", which was deleted" : "");
  }

  private List<String> restored() {
    return RestorableEnvironment.restorations(site).stream()
        .map(
            restoration ->
                "  restored: %s, of %s; go on or look again: %s; remove: ./dr restore %s --clean %s"
                    .formatted(
                        restoration.cluster(),
                        restoration.origin().time(),
                        restoration.command(site.region()),
                        site.names().environment(),
                        restoration.cluster()))
        .toList();
  }
}
