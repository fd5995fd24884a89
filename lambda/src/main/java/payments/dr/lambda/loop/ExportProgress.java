package payments.dr.lambda.loop;

import java.util.Map;

/**
 * How far the rows of one chain are exported: all up to {@code done}, and those after {@code next}
 * up to {@code top}. Names of rows, empty for none.
 *
 * @param done newest row up to which nothing is left
 * @param top newest row that the walk back to {@code done} began with
 * @param next row that the walk comes to now; {@code done} when it is over
 */
record ExportProgress(String done, String top, String next) {

  static final ExportProgress NONE = new ExportProgress("", "", "");

  static ExportProgress of(Map<String, String> values) {
    return new ExportProgress(values.get("done"), values.get("top"), values.get("next"));
  }

  Map<String, String> values() {
    return Map.of("done", done, "top", top, "next", next);
  }

  boolean isOver() {
    return next.equals(done);
  }

  ExportProgress from(String newest) {
    return new ExportProgress(done, newest, newest);
  }

  /**
   * @param previous row before the one that was exported; empty: it was the first
   */
  ExportProgress before(String previous) {
    boolean over = previous.isEmpty() || previous.equals(done);
    return over ? finished() : new ExportProgress(done, top, previous);
  }

  ExportProgress finished() {
    return new ExportProgress(top, top, top);
  }
}
