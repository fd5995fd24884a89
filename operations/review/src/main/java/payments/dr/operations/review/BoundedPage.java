package payments.dr.operations.review;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import payments.dr.operations.encoding.Markdown;

/**
 * A page of sections that stays below a length: a section is there in one of its forms or not at
 * all.
 */
final class BoundedPage {

  /** What the closing line may take. */
  private static final int RESERVE = 2000;

  private static final int MOST_NAMED = 20;

  private final Room room;
  private final StringBuilder text = new StringBuilder();
  private final List<String> leftOut = new ArrayList<>();

  BoundedPage(Room room) {
    this.room = room;
  }

  /**
   * Adds a section in the first of its forms that there is room for, or remembers that it was left
   * out.
   *
   * @param name of the section in the list of what was left out
   * @param forms the longest first
   */
  @SafeVarargs
  final void section(String name, Consumer<Markdown>... forms) {
    for (int form = 0; form < forms.length; form++) {
      Section section = new Section(room.characters() - RESERVE - text.length());
      try {
        forms[form].accept(new Markdown(section));
      } catch (UncheckedIOException e) {
        continue;
      }
      if (!section.text.isEmpty()) {
        text.append(text.isEmpty() ? "" : "\n").append(section.text);
      }
      if (form > 0) {
        leftOut.add("details of " + name);
      }
      return;
    }
    leftOut.add(name);
  }

  /** Returns the page, with what was left out in its last line. */
  @Override
  public String toString() {
    if (leftOut.isEmpty()) {
      return text.toString();
    }
    String more =
        leftOut.size() > MOST_NAMED ? " and %d more".formatted(leftOut.size() - MOST_NAMED) : "";
    return text
        + "\n**Left out, because %s:** %s%s. The whole is in %s.\n"
            .formatted(
                room.because(),
                String.join(", ", leftOut.subList(0, Math.min(MOST_NAMED, leftOut.size()))),
                more,
                room.whole());
  }

  /** Refuses to become longer, so that nobody writes on what is going to be left out. */
  private static final class Section implements Appendable {

    private final StringBuilder text = new StringBuilder();
    private final int longest;

    Section(int longest) {
      this.longest = longest;
    }

    @Override
    public Section append(CharSequence more) throws IOException {
      return append(more, 0, more.length());
    }

    @Override
    public Section append(CharSequence more, int start, int end) throws IOException {
      if (text.length() + end - start >= longest) {
        throw new IOException("section must have less than %d characters".formatted(longest));
      }
      text.append(more, start, end);
      return this;
    }

    @Override
    public Section append(char more) throws IOException {
      return append(String.valueOf(more));
    }
  }
}
