package payments.dr.operations.drill.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import payments.dr.operations.drill.record.DrillRecord;
import payments.dr.operations.drill.record.DrillRecord.Sample;
import payments.dr.operations.drill.record.DrillRecord.Second;
import payments.dr.operations.drill.record.DrillRecord.Step;

/** The drill as a picture: what the controller, the writer, DNS and the customers did over time. */
final class Timeline {

  private static final int LEFT = 120;
  private static final int WIDTH = 1200;
  private static final int RIGHT = WIDTH - 20;
  private static final int LANE = 26;
  private static final int GAP = 12;
  private static final int ACKNOWLEDGED = 90;
  private static final int NOT_ACKNOWLEDGED = 60;
  private static final int LAG = 50;

  /** Okabe and Ito's colours, which the colour-blind tell apart. */
  private static final List<String> REGIONS = List.of("#0072B2", "#E69F00", "#009E73");

  private static final String FAILED = "#D55E00";

  /**
   * What is neither a Region nor a phase is black on white or white on black, as the reader wants.
   */
  private static final String STYLE =
      """
      <style>
        .timeline { background: #ffffff; fill: #1c2430; stroke: none; }
        .timeline .ground { fill: #fafafa; }
        .timeline .mark { stroke: #444444; fill: none; }
        @media (prefers-color-scheme: dark) {
          .timeline { background: #1a2029; fill: #e6eaf0; }
          .timeline .ground { fill: #222a35; }
          .timeline .mark { stroke: #b8c2cf; }
        }
      </style>""";

  private static final String UNKNOWN = "none";

  private static final Map<String, String> PHASES =
      Map.ofEntries(
          Map.entry("STEADY", "#E5E5E5"),
          Map.entry("SUSPECT", "#F0E442"),
          Map.entry("AWAITING_APPROVAL", "#CC79A7"),
          Map.entry("PREPARING", "#F2C14E"),
          Map.entry("PROMOTING", "#E69F00"),
          Map.entry("ROUTING", "#9AD0F5"),
          Map.entry("VERIFYING", "#56B4E9"),
          Map.entry("FAILED_OVER", "#A9DFBF"),
          Map.entry("LOOSENING", "#7DCEA0"),
          Map.entry("FAILING_BACK", "#E69F00"),
          Map.entry("UNROUTING", "#9AD0F5"),
          Map.entry("HALTED", "#D55E00"));

  private final DrillRecord drill;
  private final Instant end;
  private final List<String> regions;
  private final StringBuilder svg = new StringBuilder();
  private int y = 64;

  private Timeline(DrillRecord drill) {
    this.drill = drill;
    this.end =
        drill.samples().isEmpty()
            ? drill.ended()
            : drill.samples().get(drill.samples().size() - 1).at().plusSeconds(1);
    TreeSet<String> names = new TreeSet<>();
    drill.seconds().forEach(second -> names.addAll(second.accepted().keySet()));
    drill.samples().forEach(sample -> names.addAll(List.of(sample.writer(), sample.answers())));
    names.remove("");
    this.regions = List.copyOf(names);
  }

  static String of(DrillRecord drill) {
    return new Timeline(drill).draw();
  }

  private String draw() {
    int height =
        64 + 3 * (LANE + GAP) + ACKNOWLEDGED + GAP + NOT_ACKNOWLEDGED + GAP + LAG + GAP + 40;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " class=\"timeline\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">",
        WIDTH, height, WIDTH, height);
    String title =
        "Drill %s in %s, %s"
            .formatted(
                drill.scenario(),
                drill.environment(),
                drill.passed() ? "as expected" : "NOT AS EXPECTED");
    add("<title>%s</title>", escaped(title));
    svg.append(STYLE).append('\n');
    text(16, 24, "start", 16, title + (drill.kind().equals("emulated") ? " (emulated)" : ""));
    legend();
    int top = y;
    blocks("controller", Sample::phase, phase -> PHASES.getOrDefault(phase, "#CCCCCC"));
    blocks("writer", Sample::writer, this::colour);
    blocks("DNS answers", Sample::answers, this::colour);
    payments();
    lag();
    axis();
    marks(top);
    add("</svg>");
    return svg.toString();
  }

  private void legend() {
    int x = LEFT;
    for (String region : regions) {
      x = key(x, colour(region), region);
    }
    key(x, FAILED, "not acknowledged");
  }

  private int key(int x, String colour, String name) {
    add("<rect x=\"%d\" y=\"38\" width=\"12\" height=\"12\" fill=\"%s\"/>", x, colour);
    text(x + 18, 48, "start", 12, name);
    return x + 40 + 7 * name.length();
  }

  /** Stretches of equal samples. */
  private void blocks(
      String name, Function<Sample, String> value, Function<String, String> colour) {
    text(LEFT - 10, y + 17, "end", 12, name);
    List<Sample> samples = drill.samples();
    for (int i = 0; i < samples.size(); ) {
      String shown = value.apply(samples.get(i));
      int next = i;
      while (next < samples.size() && value.apply(samples.get(next)).equals(shown)) {
        next++;
      }
      Instant until = next < samples.size() ? samples.get(next).at() : end;
      block(samples.get(i).at(), until, shown, shown.isEmpty() ? UNKNOWN : colour.apply(shown));
      i = next;
    }
    y += LANE + GAP;
  }

  private void block(Instant from, Instant until, String label, String colour) {
    double x = x(from);
    double width = Math.max(1, x(until) - x);
    add(
        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\">"
            + "<title>%s, %d s</title></rect>",
        x,
        y,
        width,
        LANE,
        colour,
        escaped(label.isEmpty() ? "unknown" : label),
        Duration.between(from, until).toSeconds());
    // A name that does not fit is left to the tooltip.
    if (width > 8.0 * label.length()) {
      boolean dark = colour.equals(REGIONS.get(0)) || colour.equals(REGIONS.get(2));
      add(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"%s\">%s</text>",
          x + width / 2, y + 17, dark ? "#ffffff" : "#000000", escaped(label));
    }
  }

  /** What customers were told, each with a scale of its own: tries are many more than payments. */
  private void payments() {
    List<Bars> acknowledged =
        regions.stream()
            .map(
                region ->
                    new Bars(colour(region), second -> second.accepted().getOrDefault(region, 0)))
            .toList();
    chart("payments/s", ACKNOWLEDGED, acknowledged);
    chart("failed tries/s", NOT_ACKNOWLEDGED, List.of(new Bars(FAILED, Second::failed)));
  }

  private record Bars(String colour, ToIntFunction<Second> count) {}

  /** A bar for each second, those of the same second one upon the other. */
  private void chart(String name, int height, List<Bars> stacked) {
    List<Second> seconds =
        drill.seconds().stream().filter(second -> !second.at().isAfter(end)).toList();
    int most =
        seconds.stream()
            .mapToInt(
                second -> stacked.stream().mapToInt(bars -> bars.count().applyAsInt(second)).sum())
            .reduce(1, Math::max);
    frame(name, "most " + most, height);
    double width = Math.max(0.6, x(drill.began().plusSeconds(1)) - LEFT);
    for (Second second : seconds) {
      double bottom = y + height;
      for (Bars bars : stacked) {
        double tall = (double) height * bars.count().applyAsInt(second) / most;
        bottom -= tall;
        if (tall > 0) {
          add(
              "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.2f\" height=\"%.1f\" fill=\"%s\"/>",
              Math.max(LEFT, x(second.at())), bottom, width, tall, bars.colour());
        }
      }
    }
    y += height + GAP;
  }

  private void frame(String name, String scale, int height) {
    text(LEFT - 10, y + 14, "end", 12, name);
    text(LEFT - 10, y + 30, "end", 11, scale);
    add(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" class=\"ground\"/>",
        LEFT, y, RIGHT - LEFT, height);
  }

  private void lag() {
    double most =
        Math.max(
            5,
            drill.samples().stream()
                .flatMap(sample -> sample.lag().stream())
                .mapToDouble(lag -> lag.toMillis() / 1000.0)
                .max()
                .orElse(0));
    frame("lag", "up to %.0f s".formatted(most), LAG);
    List<String> points = new ArrayList<>();
    for (Sample sample : drill.samples()) {
      if (sample.lag().isPresent()) {
        double seconds = sample.lag().get().toMillis() / 1000.0;
        points.add(
            String.format(
                Locale.ROOT, "%.1f,%.1f", x(sample.at()), y + LAG - seconds / most * LAG));
      } else {
        line(points);
      }
    }
    line(points);
    y += LAG + GAP;
  }

  /** The points so far; where nothing was seen there is no line. */
  private void line(List<String> points) {
    if (points.size() > 1) {
      add(
          "<polyline points=\"%s\" class=\"mark\" stroke-width=\"1.5\"/>",
          String.join(" ", points));
    }
    points.clear();
  }

  private void axis() {
    long seconds = Duration.between(drill.began(), end).toSeconds();
    long step = seconds > 900 ? 120 : seconds > 300 ? 60 : 30;
    for (long at = 0; at <= seconds; at += step) {
      double x = x(drill.began().plusSeconds(at));
      add("<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#999999\"/>", x, y - 6, x, y);
      add(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%02d:%02d</text>",
          x, y + 14, at / 60, at % 60);
    }
  }

  /** What the drill did; what the system did is in the lanes. */
  private void marks(int top) {
    for (Step step : drill.steps()) {
      if (!step.what().matches("(fault|ordered|repaired|killed).*")) {
        continue;
      }
      String word = step.what().split("[ :]")[0];
      double x = x(step.at());
      add(
          "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" class=\"mark\" stroke-dasharray=\"4 3\">"
              + "<title>%s</title></line>",
          x, top - 4, x, y - 6, escaped(step.what()));
      boolean late = x > RIGHT - 80;
      add(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\" font-size=\"11\">%s</text>",
          late ? x - 3 : x + 3, y + 30, late ? "end" : "start", escaped(word));
    }
  }

  private double x(Instant at) {
    double all = Duration.between(drill.began(), end).toMillis();
    return LEFT + (RIGHT - LEFT) * (Duration.between(drill.began(), at).toMillis() / all);
  }

  private String colour(String region) {
    return REGIONS.get(Math.max(0, regions.indexOf(region)) % REGIONS.size());
  }

  private void text(int x, int at, String anchor, int size, String words) {
    add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-size=\"%d\">%s</text>",
        x, at, anchor, size, escaped(words));
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
