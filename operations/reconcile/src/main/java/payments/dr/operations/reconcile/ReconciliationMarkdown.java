package payments.dr.operations.reconcile;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** The report for people; complete, but without contents of payments. */
final class ReconciliationMarkdown {

  private final Reconciled reconciled;
  private final Writer file;

  private ReconciliationMarkdown(Reconciled reconciled, Writer file) {
    this.reconciled = reconciled;
    this.file = file;
  }

  static void write(Reconciled reconciled, Writer file) throws IOException {
    new ReconciliationMarkdown(reconciled, file).write();
  }

  private void write() throws IOException {
    Reconciliation found = reconciled.found();
    line(
        "# Reconciliation of %s: %s",
        reconciled.environment(), found.isClean() ? "nothing found" : "DIFFERENCES");
    line("");
    line("| | |");
    line("|---|---|");
    line("| made | %s |", reconciled.at());
    line("| old writer | %s |", reconciled.oldWriter());
    line("| new writer | whichever wrote %s then |", reconciled.point().generation().id());
    line("| table | %s |", reconciled.table().table());
    line(
        "| looked at | since %s, by %s |", reconciled.point().since(), reconciled.point().source());
    line(
        "| payments | %,d of the old writer, %,d of the new one |",
        found.oldRows(), found.newRows());
    if (!reconciled.attentions().isEmpty()) {
      line("");
    }
    for (String attention : reconciled.attentions()) {
      line("**ATTENTION** %s", attention);
    }
    missing(found.missing());
    doubled(found.doubled());
    conflicting(found.conflicting());
  }

  private void missing(List<Row> rows) throws IOException {
    heading(
        "Missing",
        rows.size(),
        "Committed by the old writer, and unknown to the new one; whole, in this order, in "
            + ReportFolder.REPLAY
            + ". Key, id, time.");
    list(rows);
  }

  private void doubled(List<Doubled> all) throws IOException {
    heading(
        "Doubled",
        all.size(),
        "One key, several payments: a customer who repeated a lost one paid again. Key, ids of the old writer, ids of the new one.");
    for (Doubled one : all) {
      line("    %s  %s  %s", Printable.of(one.key()), one.oldIds(), one.newIds());
    }
  }

  private void conflicting(List<Row> rows) throws IOException {
    heading(
        "Conflicting",
        rows.size(),
        "The same payment with other contents: somebody changed it after the promoted point, on either side. Key, id, time.");
    list(rows);
  }

  private void heading(String name, int count, String meaning) throws IOException {
    line("");
    line("## %s: %,d", name, count);
    line("");
    line("%s", meaning);
    line("");
  }

  /** Indented, so that no key ends the block. */
  private void list(List<Row> rows) throws IOException {
    for (Row row : rows) {
      line("    %s  %s  %s", Printable.of(row.key()), Printable.of(row.id()), row.created());
    }
  }

  private void line(String format, Object... values) throws IOException {
    file.write(String.format(Locale.ROOT, format, values));
    file.write('\n');
  }
}
