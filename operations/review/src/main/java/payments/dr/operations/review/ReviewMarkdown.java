package payments.dr.operations.review;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import payments.dr.operations.encoding.Markdown;
import payments.dr.operations.encoding.MarkdownTable;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.AttributeChange;
import payments.dr.operations.review.plan.ResourceChange;
import payments.dr.operations.review.rules.Severity;

/** Writes a review for people, such as on a pull request: the verdict first, then every change. */
final class ReviewMarkdown {

  private static final List<Action> COLUMNS =
      List.of(Action.CREATE, Action.UPDATE, Action.REPLACE, Action.DELETE, Action.FORGET);

  private static final int LONGEST_VALUE = 200;
  private static final int MOST_ATTRIBUTES = 20;

  /** Of what was refused, no address is left out for the words of another. */
  private static final List<Detail> REFUSED =
      List.of(
          new Detail(600, Integer.MAX_VALUE),
          new Detail(100, Integer.MAX_VALUE),
          new Detail(0, Integer.MAX_VALUE),
          new Detail(0, 300),
          new Detail(0, 20));

  private static final List<Detail> APPROVAL =
      List.of(new Detail(600, 50), new Detail(100, 50), new Detail(0, 50));

  private final Review review;
  private final ChangeGroups groups;
  private final BoundedPage page;

  /** Findings that show what changes: of each change one, the rest would say the same again. */
  private final Set<Finding> detailed;

  private ReviewMarkdown(Review review, Room room) {
    this.review = review;
    this.page = new BoundedPage(room);
    this.groups = new ChangeGroups(review.plan().changes());
    detailed = detailed();
  }

  static String of(Review review, Room room) {
    return new ReviewMarkdown(review, room).write();
  }

  private Set<Finding> detailed() {
    Set<ResourceChange> shown = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Finding> first = Collections.newSetFromMap(new IdentityHashMap<>());
    Stream.of(Severity.REFUSED, Severity.APPROVAL)
        .flatMap(severity -> reasons(severity).stream())
        .filter(found -> found.size() == 1)
        .map(found -> found.get(0))
        .filter(it -> it.objection().change().filter(shown::add).isPresent())
        .forEach(first::add);
    return first;
  }

  private String write() {
    page.section("verdict", this::verdict);
    refused();
    needsApproval();
    page.section("counts", this::counts);
    list(
        "Moved",
        review.plan().changes().stream()
            .filter(it -> it.movedFrom().isPresent())
            .map(
                it ->
                    "%s from %s"
                        .formatted(
                            Markdown.code(it.address()), Markdown.code(it.movedFrom().get()))));
    list(
        "Imported",
        review.plan().changes().stream()
            .filter(it -> it.importId().isPresent())
            .map(
                it ->
                    "%s by id %s"
                        .formatted(
                            Markdown.code(it.address()), Markdown.code(it.importId().get()))));
    list(
        "Drift",
        review.plan().answeredDrift().stream()
            .map(
                drift ->
                    named(drift.change())
                        + ": "
                        + Markdown.prose(String.join(", ", drift.attributes()))));
    list("Types that no rule knows", groups.unknownTypes().stream().map(ReviewMarkdown::named));
    list(
        "Outputs",
        review.plan().outputs().entrySet().stream()
            .map(
                it ->
                    "%s: %s to %s"
                        .formatted(
                            named(it.getKey(), it.getValue().action()),
                            cut(it.getValue().before()),
                            cut(it.getValue().after()))));
    list("Remarks", review.remarks().stream());
    groups.groups().forEach(this::changes);
    List<ResourceChange> refreshed = review.plan().unansweredDrift();
    if (!refreshed.isEmpty()) {
      page.section(
          "what was refreshed",
          into -> {
            into.paragraph(
                "<details><summary>%d refreshed in values that the configuration does not set</summary>"
                    .formatted(refreshed.size()));
            into.list(
                refreshed.stream()
                    .map(
                        it ->
                            "%s: %s"
                                .formatted(
                                    Markdown.code(it.address()),
                                    Markdown.prose(String.join(", ", it.differing()))))
                    .toList());
            into.paragraph("</details>");
          });
    }
    if (!review.findings().isEmpty()) {
      page.section(
          "rules", into -> into.paragraph("The rules, with their reasons: docs/review-rules.md"));
    }
    return page.toString();
  }

  private void verdict(Markdown into) {
    into.title("Plan of %s: %s".formatted(review.stack().name(), review.verdictWords()));
    into.paragraph(
        COLUMNS.stream()
            .map(action -> groups.total(action) + " to " + action.word())
            .collect(Collectors.joining(", ", "", ".")));
  }

  /**
   * How much of a finding is told.
   *
   * @param words characters of what was found; 0 for the address alone
   * @param addresses of one reason
   */
  private record Detail(int words, int addresses) {}

  /** All of them in one form, so that none takes the room of another. */
  private void refused() {
    Collection<List<Finding>> reasons = reasons(Severity.REFUSED);
    if (!reasons.isEmpty()) {
      section(
          "Refused",
          REFUSED,
          (detail, into) -> {
            into.heading("Refused");
            reasons.forEach(found -> findings(found, detail, into));
          });
    }
  }

  private void needsApproval() {
    Collection<List<Finding>> reasons = reasons(Severity.APPROVAL);
    if (!reasons.isEmpty()) {
      page.section("Needs approval", into -> into.heading("Needs approval"));
    }
    for (List<Finding> found : reasons) {
      section(
          "%d of %s".formatted(found.size(), found.get(0).rule().id()),
          APPROVAL,
          (detail, into) -> findings(found, detail, into));
    }
  }

  @SuppressWarnings("unchecked")
  private void section(String name, List<Detail> details, BiConsumer<Detail, Markdown> content) {
    page.section(
        name,
        details.stream()
            .map(detail -> (Consumer<Markdown>) into -> content.accept(detail, into))
            .toArray(Consumer[]::new));
  }

  private Collection<List<Finding>> reasons(Severity severity) {
    return review.findings().stream()
        .filter(finding -> finding.severity() == severity)
        .collect(
            Collectors.groupingBy(
                finding ->
                    List.of(
                        finding.rule().id(), finding.approval(), finding.objection().commands()),
                LinkedHashMap::new,
                Collectors.toList()))
        .values();
  }

  /** One reason, told once. */
  private void findings(List<Finding> found, Detail detail, Markdown into) {
    Finding first = found.get(0);
    String rule = Markdown.code(first.rule().id());
    if (found.size() == 1) {
      into.paragraph("**%s**%s (rule %s)".formatted(address(first), words(first, detail), rule));
    } else {
      into.paragraph("**%d addresses** (rule %s)".formatted(found.size(), rule));
      into.list(
          Stream.concat(
                  found.stream()
                      .limit(detail.addresses())
                      .map(it -> address(it) + words(it, detail)),
                  Stream.of("and %d more".formatted(found.size() - detail.addresses()))
                      .filter(line -> found.size() > detail.addresses()))
              .toList());
    }
    // No items: Markdown would join them to the addresses above.
    into.paragraph("Why: " + first.rule().why() + ".");
    into.paragraph(
        first
            .approval()
            .map(reason -> "Allowed by the environment's file: " + Markdown.prose(reason))
            .orElse("Remediation: " + first.rule().remediation() + "."));
    if (!first.objection().commands().isEmpty()) {
      into.code("sh", first.objection().commands());
    }
    if (detail.words() > 0 && detailed.contains(first)) {
      first
          .objection()
          .change()
          .filter(ResourceChange::alters)
          .ifPresent(change -> attributes(change, into));
    }
  }

  private static String address(Finding finding) {
    return Markdown.code(finding.objection().address());
  }

  private static String words(Finding finding, Detail detail) {
    return detail.words() == 0
        ? ""
        : " " + Markdown.prose(shortened(finding.objection().found(), detail.words()));
  }

  private void changes(ChangeGroups.Group group) {
    String name = "%s (%s)".formatted(group.capability(), group.region());
    page.section(
        "changes of " + name,
        into ->
            details(
                into,
                name
                    + ": "
                    + group.counts().entrySet().stream()
                        .map(it -> it.getValue() + " to " + it.getKey().word())
                        .collect(Collectors.joining(", ")),
                group.changes()));
  }

  private static void details(Markdown into, String summary, List<ResourceChange> changes) {
    into.paragraph("<details><summary>" + summary + "</summary>");
    for (ResourceChange change : changes) {
      into.paragraph(named(change));
      attributes(change, into);
    }
    into.paragraph("</details>");
  }

  private static void attributes(ResourceChange change, Markdown into) {
    List<AttributeChange> changed = change.attributes();
    if (changed.isEmpty()) {
      return;
    }
    MarkdownTable table = new MarkdownTable().words("Attribute", "Before", "After");
    changed.stream()
        .limit(MOST_ATTRIBUTES)
        .forEach(it -> table.row(cut(it.path()), cut(it.before()), cut(it.after())));
    if (changed.size() > MOST_ATTRIBUTES) {
      table.row("and %d more".formatted(changed.size() - MOST_ATTRIBUTES), "", "");
    }
    into.table(table);
  }

  private void counts(Markdown into) {
    if (groups.groups().isEmpty()) {
      return;
    }
    into.heading("Changes");
    MarkdownTable table =
        new MarkdownTable()
            .words("Capability", "Region")
            .numbers(COLUMNS.stream().map(Action::word).toArray(String[]::new));
    for (ChangeGroups.Group group : groups.groups()) {
      Map<Action, Integer> counts = group.counts();
      table.row(
          Stream.concat(
                  Stream.of(group.capability(), group.region()),
                  COLUMNS.stream()
                      .map(action -> counts.getOrDefault(action, 0))
                      .map(it -> it == 0 ? "" : it))
              .toArray());
    }
    into.table(table);
  }

  private void list(String title, Stream<String> lines) {
    List<String> entries = lines.toList();
    if (!entries.isEmpty()) {
      page.section(
          title,
          into -> {
            into.heading(title);
            into.list(entries);
          });
    }
  }

  private static String named(ResourceChange change) {
    return named(change.address(), change.action());
  }

  private static String named(String name, Action action) {
    return "%s (%s)".formatted(Markdown.code(name), action.word());
  }

  private static String cut(String value) {
    return Markdown.code(shortened(value, LONGEST_VALUE));
  }

  private static String shortened(String text, int longest) {
    return text.length() > longest ? text.substring(0, longest) + "…" : text;
  }
}
