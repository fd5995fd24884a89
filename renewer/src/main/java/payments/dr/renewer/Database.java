package payments.dr.renewer;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One generation of the database, as the fleet's parameter tells it.
 *
 * @param generation such as {@code v2}
 * @param host of the writer, while this Region writes; the name in the server's certificate
 * @param name of the database in that server
 */
record Database(String generation, String host, int port, String name) {

  private static final Pattern FORM = Pattern.compile("(\\w+)=([\\w.-]+):(\\d{1,5})/(\\w+)");

  /**
   * Reads all of them.
   *
   * @param text such as {@code v1=db.example.com:5432/payments v2=...}
   * @throws IllegalArgumentException when it is something else
   */
  static List<Database> parse(String text) {
    return Stream.of(text.strip().split("\\s+")).map(Database::one).toList();
  }

  private static Database one(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "database must be <generation>=<host>:<port>/<name>, got \"%s\"".formatted(text));
    }
    return new Database(
        matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3)), matcher.group(4));
  }
}
