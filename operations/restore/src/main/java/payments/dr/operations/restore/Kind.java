package payments.dr.operations.restore;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.naming.ResourceNames;

/** What the plans back up of a generation, by the type that AWS Backup gives it. */
enum Kind {
  /** Its cluster in a Region, of whichever incarnation. */
  CLUSTER("Aurora", "cluster", "(?:primary|dr)-db-cluster%s(?:-e\\d+)?"),
  /** Its session table. */
  SESSIONS("DynamoDB", "sessions", "session-table%s");

  private final String type;
  private final String word;
  private final String name;

  Kind(String type, String word, String name) {
    this.type = type;
    this.word = word;
    this.name = name;
  }

  static Optional<Kind> of(String type) {
    return Stream.of(values()).filter(kind -> kind.type.equals(type)).findFirst();
  }

  String type() {
    return type;
  }

  /** For a person. */
  String word() {
    return word;
  }

  /**
   * The generation that a cluster or a table is of.
   *
   * @param resource its name or ARN
   */
  Optional<DatabaseGeneration> generation(ResourceNames names, String resource) {
    String given =
        resource.substring(Math.max(resource.lastIndexOf(':'), resource.lastIndexOf('/')) + 1);
    for (DatabaseGeneration generation : DatabaseGeneration.values()) {
      Matcher matcher =
          Pattern.compile(names.global(name.formatted(generation.nameSuffix()))).matcher(given);
      if (matcher.matches()) {
        return Optional.of(generation);
      }
    }
    return Optional.empty();
  }
}
