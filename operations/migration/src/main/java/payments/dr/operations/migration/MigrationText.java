package payments.dr.operations.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import payments.dr.operations.migration.cutover.MigrationStatus;

/** Writes the status of a migration for a person. */
final class MigrationText {

  private static final int BAR = 24;

  private MigrationText() {}

  /**
   * @param bars whether to draw: on a terminal only
   */
  static String of(MigrationStatus status, Optional<String> holder, boolean bars, Instant now) {
    var record = status.record();
    StringBuilder text = new StringBuilder();
    line(text, "phase", record.label() + (record.step().isEmpty() ? "" : ", at " + record.step()));
    String home = record.moved() ? record.target() : record.source();
    String other = record.moved() ? record.source() : record.target();
    record.decisions().forEach((check, reason) -> line(text, "decided", check + ": " + reason));
    line(text, "data", "in %s, %s follows".formatted(home, other));
    line(
        text,
        "lag",
        "%s, %s"
            .formatted(
                bytes(status.lagBytes()),
                status
                    .lag()
                    .map(lag -> "%.2f s for a write".formatted(lag.toMillis() / 1000.0))
                    .orElse(status.connected() ? "more than 5 s for a write" : "not connected")));
    if (status.errors() > 0) {
      line(
          text,
          "errors",
          "workers stopped %d times and began again: the reason is in the log of the side that follows"
              .formatted(status.errors()));
    }
    status
        .remaining(now)
        .ifPresent(left -> line(text, "copy", "about " + duration(left) + " left"));
    for (MigrationStatus.Table table : status.tables()) {
      double part = table.rows() == 0 ? 1 : (double) table.copied() / table.rows();
      text.append(
          "  %-36s %s %5.1f %%  ~%,d rows, %s%n"
              .formatted(
                  table.name(), bars ? bar(part) : "", part * 100, table.rows(), table.state()));
    }
    for (MigrationStatus.Slot slot : status.slots()) {
      line(
          text,
          "slot",
          "%s of %s, %s, keeps %s"
              .formatted(
                  slot.name(),
                  slot.generation(),
                  slot.active() ? "read" : "NOT READ",
                  bytes(slot.retainedBytes())));
    }
    line(
        text,
        "verified",
        status.verified() ? "yes: a cutover compares what has changed since" : "no");
    line(text, "closed", status.fenced().isEmpty() ? "none" : String.join(", ", status.fenced()));
    line(text, "mutex", holder.map(held -> "held by " + held).orElse("free"));
    line(text, "next", "./dr migrate " + status.next());
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-9s%s%n".formatted(name, value));
  }

  private static String bar(double part) {
    int full = (int) Math.round(Math.min(1, part) * BAR);
    return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
  }

  private static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    return bytes < 1 << 20
        ? "%.1f KiB".formatted(bytes / 1024.0)
        : "%.1f MiB".formatted(bytes / 1048576.0);
  }

  private static String duration(Duration duration) {
    return duration.toHours() > 0
        ? "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart())
        : "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
  }
}
