package payments.dr.operations.reconcile;

/** Clients choose idempotency keys: none may move a terminal's cursor or break a line. */
final class Printable {

  private Printable() {}

  static String of(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                printable.append("\\u%04x".formatted(c));
              } else {
                printable.appendCodePoint(c);
              }
            });
    return printable.toString();
  }
}
