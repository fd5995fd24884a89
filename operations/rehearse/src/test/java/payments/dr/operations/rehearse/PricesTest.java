package payments.dr.operations.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import payments.dr.configuration.environment.Environment;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.Project;
import payments.dr.testing.ProjectCopy;

/** The list of prices, what is made of it, and the table of costs, which must not know others. */
class PricesTest {

  private static final Project PROJECT = new Project(ProjectCopy.PROJECT);
  private static final Prices PRICES = Prices.read(PROJECT);
  private static final Path COSTS = ProjectCopy.PROJECT.resolve("docs/reference/cost.md");

  /** Hours of a month, by the table of costs. */
  private static final int MONTH = 730;

  @Test
  void cost_page_reckons_with_each_price_of_the_list() throws IOException {
    String page = Files.readString(COSTS);
    List<String> missing = new ArrayList<>();

    List<String> prices = new ArrayList<>();
    leaves(PRICES.list(), prices);
    for (String price : prices) {
      if (!Pattern.compile("(?<![\\d.])" + Pattern.quote(price) + "(?!\\d)").matcher(page).find()) {
        missing.add(price);
      }
    }

    assertEquals(List.of(), missing);
    assertEquals(7, prices.size(), prices::toString);
  }

  /** The share of all that is not paid by the hour is enough: the bound is one. */
  @Test
  void an_environment_like_dev_costs_no_more_than_is_reckoned() throws IOException {
    String page = Files.readString(COSTS);
    Matcher total =
        Pattern.compile("\\| \\*\\*Total\\*\\* \\| +\\| \\*\\*([\\d,.]+)\\*\\*").matcher(page);
    assertTrue(total.find());
    double dev = Double.parseDouble(total.group(1).replace(",", "")) / MONTH;

    double reckoned = new Cost(PRICES, environment("dev").config()).perHour();

    assertTrue(reckoned >= dev, reckoned + " dollars an hour, the page says " + dev);
  }

  @Test
  void every_environment_that_may_be_rehearsed_has_its_prices() {
    for (Environment environment : PROJECT.configuration().environments()) {
      if (environment.config().rehearsal() != null) {
        assertTrue(new Cost(PRICES, environment.config()).perHour() > 1, environment.name());
      }
    }
  }

  @Test
  void list_says_of_which_day_it_is() {
    assertTrue(PRICES.date().isAfter(LocalDate.parse("2025-01-01")));
  }

  @Test
  void what_is_not_listed_is_not_guessed() throws IOException {
    ObjectNode list = (ObjectNode) new ObjectMapper().readTree("{\"hourly\": {\"instance\": {}}}");

    BadInputException refused =
        assertThrows(
            BadInputException.class, () -> new Prices(list).of("hourly", "instance", "m7g.metal"));

    assertTrue(
        refused
            .getMessage()
            .startsWith("main/prices.yaml must have a price at hourly instance m7g.metal"),
        refused.getMessage());
  }

  private static Environment environment(String name) {
    return PROJECT.configuration().environments().stream()
        .filter(environment -> environment.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void leaves(JsonNode node, List<String> found) {
    if (node.isNumber()) {
      found.add(node.decimalValue().stripTrailingZeros().toPlainString());
    }
    node.forEach(below -> leaves(below, found));
  }
}
