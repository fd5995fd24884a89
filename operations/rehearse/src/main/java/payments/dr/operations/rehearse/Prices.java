package payments.dr.operations.rehearse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.Project;

/**
 * The list of AWS's prices that this project keeps, in US dollars.
 *
 * @param list as the file has it
 */
record Prices(JsonNode list) {

  /** Relative to the project. */
  static final String FILE = "main/prices.yaml";

  static Prices read(Project project) {
    Path file = project.root().resolve(FILE);
    try {
      return new Prices(new YAMLMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new BadInputException("%s must hold the prices, got %s".formatted(FILE, e));
    }
  }

  /** The day on which the prices were known. */
  LocalDate date() {
    return LocalDate.parse(list.path("date").asText());
  }

  /**
   * Returns one price.
   *
   * @param keys such as {@code hourly}, {@code instance}, {@code t3.medium}
   * @throws BadInputException when the file has none: nothing is guessed
   */
  double of(String... keys) {
    JsonNode price = list;
    for (String key : keys) {
      price = price.path(key);
    }
    if (!price.isNumber()) {
      throw new BadInputException(
          "%s must have a price at %s, got none: look it up at https://calculator.aws"
              .formatted(FILE, String.join(" ", keys)));
    }
    return price.asDouble();
  }
}
