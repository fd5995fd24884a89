package payments.dr.operations.postgres;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import payments.dr.operations.console.BadInputException;

/**
 * Where an application keeps its payments; names as the catalogue has them, without quotes.
 *
 * @param table such as {@code payments} or {@code billing.payments}
 * @param key column of the idempotency key, set in every row
 * @param id column that tells payments apart
 * @param created column of the time at which a payment was made, set in every row
 */
public record PaymentTable(String table, String key, String id, String created) {

  /** Of the reference application. */
  public static final PaymentTable REFERENCE =
      new PaymentTable("payments", "idempotency_key", "id", "created_at");

  private static final String NAME = "[A-Za-z_][A-Za-z0-9_$]{0,62}";

  /**
   * @throws BadInputException for what is no such name
   */
  public PaymentTable {
    require(
        "--table", table, NAME + "(\\." + NAME + ")?", "a table, such as payments or s.payments");
    require("--key", key, NAME, "a column, such as idempotency_key");
    require("--id", id, NAME, "a column, such as id");
    require("--created", created, NAME, "a column, such as created_at");
  }

  /** Returns every column by which rows are found and told apart. */
  public List<String> needed() {
    return List.of(key, id, created);
  }

  /** Returns the table as SQL takes it. */
  public String quotedTable() {
    return Arrays.stream(table.split("\\."))
        .map(PaymentTable::quoted)
        .collect(Collectors.joining("."));
  }

  /** Returns a column as SQL takes it. */
  public static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static void require(String option, String given, String pattern, String allowed) {
    if (!given.matches(pattern)) {
      throw new BadInputException("%s must name %s, got \"%s\"".formatted(option, allowed, given));
    }
  }
}
