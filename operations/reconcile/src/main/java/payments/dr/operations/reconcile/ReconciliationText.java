package payments.dr.operations.reconcile;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What the terminal shows: counts and some keys, never the contents of a payment. */
final class ReconciliationText {

  /** Of each kind. */
  private static final int KEYS = 10;

  private final StringBuilder text = new StringBuilder();

  private ReconciliationText() {}

  static String of(Reconciled reconciled, Path folder) {
    return new ReconciliationText().write(reconciled, folder);
  }

  private String write(Reconciled reconciled, Path folder) {
    Reconciliation found = reconciled.found();
    line(
        "compared",
        "%,d payments of the former primary, %,d of the new one",
        found.oldRows(),
        found.newRows());
    List<Row> missing = found.missing();
    String made =
        missing.isEmpty()
            ? ""
            : ", made %s to %s"
                .formatted(missing.get(0).created(), missing.get(missing.size() - 1).created());
    line("missing", "%,d%s", missing.size(), made);
    keys(missing.stream().map(Row::key).toList());
    line("doubled", "%,d", found.doubled().size());
    keys(found.doubled().stream().map(Doubled::key).toList());
    line("conflicting", "%,d", found.conflicting().size());
    keys(found.conflicting().stream().map(Row::key).toList());
    reconciled.attentions().forEach(attention -> line("ATTENTION", "%s", attention));
    line("report", "%s", folder);
    return text.toString();
  }

  private void keys(List<String> keys) {
    keys.stream().limit(KEYS).forEach(key -> line("", "%s", Printable.of(key)));
    if (keys.size() > KEYS) {
      line("", "and %,d more: see %s", keys.size() - KEYS, ReportFolder.REPORT);
    }
  }

  private void line(String name, String format, Object... values) {
    text.append(
        String.format(Locale.ROOT, "%-11s %s%n", name, String.format(Locale.ROOT, format, values)));
  }
}
