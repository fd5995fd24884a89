package payments.dr.operations.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.operations.postgres.PaymentTable;

class ReconciliationMarkdownTest {

  private static final Instant AT = Instant.parse("2026-11-25T03:00:00Z");

  @Test
  void report_is_complete_and_no_value_breaks_it() {
    Row missing = new Row("key\n## 1", "id-1", "contents", AT);
    StringBuilder report = new StringBuilder();

    ReconciliationMarkdown.write(
        new Reconciled(
            "prod",
            "snapshot a|b",
            PaymentTable.REFERENCE,
            PromotedPoint.given(DatabaseGeneration.V2, AT),
            new Reconciliation(
                1234,
                1200,
                List.of(missing),
                List.of(new Doubled("key-2", List.of("1"), List.of("2", "3"))),
                List.of(),
                Optional.empty()),
            List.of("note"),
            AT.plusSeconds(3600)),
        report);

    assertEquals(
        """
        # Reconciliation of prod: DIFFERENCES

        | | |
        |---|---|
        | made | 2026-11-25T04:00:00Z |
        | former primary | snapshot a\\|b |
        | new primary | whichever wrote v2 then |
        | table | payments |
        | looked at | since 2026-11-25T03:00:00Z, by --since |
        | payments | 1,234 of the former primary, 1,200 of the new one |

        **ATTENTION** no payment before the first missing one is known to have arrived: others may be \
        missing from before 2026-11-25T03:00:00Z; look again with an earlier --since

        **ATTENTION** columns that only one of the two has were not compared: [note]

        ## Missing: 1

        Committed by the former primary, and unknown to the new one; whole, in this order, in \
        replay.ndjson. Key, id, time.

            key\\u000a## 1  id-1  2026-11-25T03:00:00Z

        ## Doubled: 1

        One key, several payments: a customer who repeated a lost one paid again. Key, ids of the former \
        primary, ids of the new one.

            key-2  [1]  [2, 3]

        ## Conflicting: 0

        The same payment with other contents: somebody changed it after the promoted point, on either \
        side. Key, id, time.
        """,
        report.toString());
  }
}
