package payments.dr.operations.migration.database;

import java.util.List;

/**
 * A change as {@code test_decoding} tells it, such as {@code app.own: INSERT: id[integer]:7
 * owner[text]:'it''s'}. Of its values only the key's may be shown: the others are customers' data.
 */
final class LoggedChange {

  private static final List<String> ACTIONS =
      List.of(": INSERT:", ": UPDATE:", ": DELETE:", ": TRUNCATE:");
  private static final List<String> PARTS = List.of("old-key: ", "new-tuple: ");

  private final String text;
  private int at;

  private LoggedChange(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /**
   * Returns table, action and key.
   *
   * @param keys quoted names of the columns that identify a row; empty when there are none
   */
  static String withoutValues(String text, List<String> keys) {
    int header =
        ACTIONS.stream()
            .mapToInt(
                action -> text.indexOf(action) < 0 ? -1 : text.indexOf(action) + action.length())
            .filter(end -> end > 0)
            .min()
            .orElse(0);
    return text.substring(0, header) + new LoggedChange(text, header).values(keys);
  }

  private String values(List<String> keys) {
    StringBuilder shown = new StringBuilder();
    while (at < text.length()) {
      at++;
      for (String part : PARTS) {
        if (text.startsWith(part, at)) {
          at += part.length();
        }
      }
      int begin = at;
      int bracket = text.indexOf('[', nameEnd());
      int value = text.indexOf("]:", Math.max(bracket, begin));
      if (bracket < 0 || value < 0) {
        break;
      }
      at = value + 2;
      skipValue();
      if (keys.contains(text.substring(begin, bracket))) {
        shown.append(' ').append(text, begin, at);
      }
    }
    return shown.toString();
  }

  private int nameEnd() {
    return at < text.length() && text.charAt(at) == '"' ? quotedEnd(at, '"') : at;
  }

  private void skipValue() {
    if (text.startsWith("B'", at)) {
      at++;
    }
    if (text.startsWith("'", at)) {
      at = quotedEnd(at, '\'');
    } else {
      int space = text.indexOf(' ', at);
      at = space < 0 ? text.length() : space;
    }
  }

  /** A quote inside is doubled. */
  private int quotedEnd(int begin, char quote) {
    int end = begin + 1;
    while (end < text.length()) {
      if (text.charAt(end) != quote) {
        end++;
      } else if (end + 1 < text.length() && text.charAt(end + 1) == quote) {
        end += 2;
      } else {
        return end + 1;
      }
    }
    return text.length();
  }
}
