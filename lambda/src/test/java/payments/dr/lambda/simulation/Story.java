package payments.dr.lambda.simulation;

import java.util.ArrayList;
import java.util.List;

/** What happened, for a reader; kept only when somebody wants to read it. */
final class Story {

  private final List<String> lines = new ArrayList<>();
  private final boolean kept;

  Story(boolean kept) {
    this.kept = kept;
  }

  void add(int second, String line) {
    if (kept) {
      lines.add("%6d s  %s".formatted(second, line));
    }
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
