package payments.dr.operations.reconcile;

import java.util.List;
import payments.dr.operations.encoding.Markdown;
import payments.dr.operations.encoding.MarkdownTable;

/** The report for people; complete, but without contents of payments. */
final class ReconciliationMarkdown {

  private final Reconciled reconciled;
  private final Markdown page;

  private ReconciliationMarkdown(Reconciled reconciled, Appendable file) {
    this.reconciled = reconciled;
    this.page = new Markdown(file);
  }

  static void write(Reconciled reconciled, Appendable file) {
    new ReconciliationMarkdown(reconciled, file).write();
  }

  private void write() {
    Reconciliation found = reconciled.found();
    page.title(
        "Reconciliation of %s: %s"
            .formatted(
                reconciled.environment(), found.isClean() ? "nothing found" : "DIFFERENCES"));
    page.table(
        new MarkdownTable()
            .words("", "")
            .row("made", reconciled.at())
            .row("former primary", reconciled.formerPrimary())
            .row(
                "new primary",
                "whichever wrote %s then".formatted(reconciled.point().generation().id()))
            .row("table", reconciled.table().table())
            .row(
                "looked at",
                "since %s, by %s"
                    .formatted(reconciled.point().since(), reconciled.point().source()))
            .row(
                "payments",
                Markdown.format(
                    "%,d of the former primary, %,d of the new one",
                    found.oldRows(), found.newRows())));
    reconciled.attentions().forEach(it -> page.paragraph("**ATTENTION** " + it));
    missing(found.missing());
    doubled(found.doubled());
    conflicting(found.conflicting());
  }

  private void missing(List<Row> rows) {
    heading(
        "Missing",
        rows.size(),
        "Committed by the former primary, and unknown to the new one; whole, in this order, in "
            + ReportFolder.REPLAY
            + ". Key, id, time.");
    list(rows);
  }

  private void doubled(List<Doubled> all) {
    heading(
        "Doubled",
        all.size(),
        "One key, several payments: a customer who repeated a lost one paid again. Key, ids of the former primary, ids of the new one.");
    page.indented(
        all.stream()
            .map(
                one ->
                    "%s  %s  %s".formatted(Printable.of(one.key()), one.oldIds(), one.newIds())));
  }

  private void conflicting(List<Row> rows) {
    heading(
        "Conflicting",
        rows.size(),
        "The same payment with other contents: somebody changed it after the promoted point, on either side. Key, id, time.");
    list(rows);
  }

  private void heading(String name, int count, String meaning) {
    page.heading(name + Markdown.format(": %,d", count));
    page.paragraph(meaning);
  }

  private void list(List<Row> rows) {
    page.indented(
        rows.stream()
            .map(
                row ->
                    "%s  %s  %s"
                        .formatted(
                            Printable.of(row.key()), Printable.of(row.id()), row.created())));
  }
}
