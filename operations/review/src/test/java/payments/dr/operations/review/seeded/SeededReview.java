package payments.dr.operations.review.seeded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import payments.dr.testing.Shell;

/** Reviews real plans of a deployed stack with faults in them, and with harmless changes. */
public final class SeededReview {

  private static final int APPROVAL = 2;
  private static final int REFUSED = 3;

  private SeededReview() {}

  /** One test for each fault, twice: among the others, and alone in its plan. */
  public static List<DynamicTest> tests(Path checkout, Shell shell, String stack)
      throws IOException {
    assertTrue(SeededChanges.FAULTS.size() + SeededChanges.RENAMES.size() >= 40, "40 faults");
    assertTrue(SeededChanges.HARMLESS.size() >= 10, "10 harmless changes");
    List<DynamicTest> tests = new ArrayList<>();
    for (List<SeededChange> faults : List.of(SeededChanges.FAULTS, SeededChanges.RENAMES)) {
      String name = faults == SeededChanges.FAULTS ? "faults" : "renames";
      MutatedPlan plan = new MutatedPlan(checkout, shell, stack, name, faults);
      JsonNode whole = plan.review();
      for (SeededChange fault : faults) {
        tests.add(
            DynamicTest.dynamicTest(
                fault + " -> " + fault.rule(),
                () -> {
                  assertCaught(fault, plan.address(fault), whole);
                  assertCaught(fault, plan.address(fault), plan.reviewOf(fault));
                }));
      }
    }
    MutatedPlan harmless =
        new MutatedPlan(checkout, shell, stack, "harmless", SeededChanges.HARMLESS);
    JsonNode clean = harmless.review();
    tests.add(
        DynamicTest.dynamicTest(
            SeededChanges.HARMLESS.size() + " harmless changes -> clean",
            () -> assertEquals("clean", clean.path("verdict").asText(), clean::toPrettyString)));
    for (SeededChange change : SeededChanges.HARMLESS) {
      tests.add(
          DynamicTest.dynamicTest(
              change + " -> is in the plan",
              () ->
                  assertTrue(
                      counted(harmless.reviewOf(change)) == 1,
                      () -> harmless.address(change) + " is not changed by the plan")));
    }
    return tests;
  }

  /** That a review of everything's creation asks one question. */
  public static void assertFirstDeploymentIsOneQuestion(Path checkout, Shell shell, String stack)
      throws IOException {
    JsonNode first = MutatedPlan.ofFirstDeployment(checkout, shell, stack).review();

    assertEquals(
        List.of("everything-created"),
        first.path("findings").findValuesAsText("rule"),
        () -> first.path("findings").toPrettyString());
    assertTrue(counted(first) > 300, first::toPrettyString);
  }

  private static void assertCaught(SeededChange fault, String address, JsonNode report) {
    List<JsonNode> findings =
        StreamSupport.stream(report.path("findings").spliterator(), false)
            .filter(finding -> finding.path("rule").asText().equals(fault.rule()))
            .filter(finding -> finding.path("address").asText().equals(address))
            .toList();
    assertEquals(1, findings.size(), () -> fault + " in " + report.toPrettyString());
    boolean refused = findings.get(0).path("severity").asText().equals("refused");
    assertTrue(
        report.path("exitCode").asInt() >= (refused ? REFUSED : APPROVAL), report::toPrettyString);
  }

  private static int counted(JsonNode report) {
    return StreamSupport.stream(report.path("summary").spliterator(), false)
        .flatMap(row -> Stream.of("create", "update", "replace", "delete").map(row::path))
        .mapToInt(JsonNode::asInt)
        .sum();
  }
}
