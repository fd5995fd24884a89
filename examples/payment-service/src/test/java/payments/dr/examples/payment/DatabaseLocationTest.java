package payments.dr.examples.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DatabaseLocationTest {

  @Test
  void it_is_what_the_service_needs_of_the_parameter() {
    assertEquals(
        new DatabaseLocation(
            "v2",
            "writer.example",
            6432,
            "paymentsdb",
            "payments_app",
            "session-table-v2-prod",
            "dr-ledger-prod"),
        DatabaseLocation.parse(
            """
            {"generation":"v2","writer":"writer.example","reader":"reader.example","port":6432,
             "database":"paymentsdb","user":"payments_app","secretArn":"arn",
             "sessionTable":"session-table-v2-prod","ledgerTable":"dr-ledger-prod"}"""));
  }

  @Test
  void a_text_that_lacks_something_is_no_pointer() {
    assertEquals(
        "the pointer must be JSON with generation, writer, port, database, user, sessionTable and"
            + " ledgerTable, got {\"generation\":\"v2\"}",
        assertThrows(
                IllegalArgumentException.class,
                () -> DatabaseLocation.parse("{\"generation\":\"v2\"}"))
            .getMessage());
  }
}
