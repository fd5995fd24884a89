package payments.dr.operations.review.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.operations.console.Project;
import payments.dr.operations.review.TestPlan;
import payments.dr.testing.ProjectCopy;

/** From a run's request to its result, with the rules of {@code ./dr review}. */
class TaskReviewerTest {

  private static final String STACK = "payments-dr-dev";
  private static final String CLUSTER = "aws_rds_cluster.dr_database-v2_aurora_cluster_1A2B3C4D";

  private final StringWriter log = new StringWriter();

  private StandInHcp hcp;

  @BeforeEach
  void start() throws IOException {
    hcp = new StandInHcp();
  }

  @AfterEach
  void stop() {
    hcp.close();
  }

  @Test
  void clean_plan_passes() throws Exception {
    JsonNode result = reviewed(TestPlan.of(STACK), false);

    assertEquals("passed", result.at("/data/attributes/status").asText());
    assertEquals(
        STACK + ": clean, rules broken: 0", result.at("/data/attributes/message").asText());
    JsonNode outcomes = result.at("/data/relationships/outcomes/data");
    assertEquals(1, outcomes.size());
    assertEquals("task-result-outcomes", outcomes.at("/0/type").asText());
    assertTrue(
        outcomes.at("/0/attributes/body").asText().startsWith("# Plan of " + STACK + ": clean"),
        outcomes::toString);
    assertEquals(
        "[{\"label\":\"clean\",\"level\":\"none\"}]",
        outcomes.at("/0/attributes/tags/Status").toString());
    assertEquals(
        "run-i3Df5to9ELvibKpQ of workspace payments-dr-prod: passed, "
            + STACK
            + ": clean, rules broken: 0\n",
        log.toString());
  }

  @ParameterizedTest
  @CsvSource({"false, failed", "true, passed"})
  void what_needs_approval_passes_only_where_a_person_confirms(boolean asksPerson, String status)
      throws Exception {
    TestPlan plan =
        TestPlan.of(STACK)
            .with("aws_mystery.thing", "{'actions': ['create'], 'before': null, 'after': {}}");

    JsonNode result = reviewed(plan, asksPerson);

    assertEquals(status, result.at("/data/attributes/status").asText());
    JsonNode outcome = result.at("/data/relationships/outcomes/data/1/attributes");
    assertEquals("unknown-changed", outcome.path("outcome-id").asText());
    assertTrue(outcome.path("body").asText().contains("`aws_mystery.thing`"), outcome::toString);
    assertTrue(outcome.path("body").asText().contains("Why: nobody has said"), outcome::toString);
    assertEquals(
        "[{\"label\":\"needs approval\",\"level\":\"warning\"}]",
        outcome.at("/tags/Status").toString());
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void refused_plan_fails(boolean asksPerson) throws Exception {
    TestPlan plan =
        TestPlan.of(STACK)
            .with(
                CLUSTER,
                "{'actions': ['update'], 'before': {'global_cluster_identifier': 'g'},"
                    + " 'after': {'global_cluster_identifier': null}}");

    JsonNode result = reviewed(plan, asksPerson);

    assertEquals("failed", result.at("/data/attributes/status").asText());
    assertEquals(
        "[{\"label\":\"refused\",\"level\":\"error\"}]",
        result.at("/data/relationships/outcomes/data/1/attributes/tags/Status").toString());
  }

  /** What HCP Terraform would refuse, its stand-in refuses, too. */
  @Test
  void long_review_fits_and_says_what_it_leaves_out() throws Exception {
    TestPlan plan = TestPlan.of(STACK);
    for (int i = 0; i < 300; i++) {
      String policy = "aws_iam_role.dr_" + "x".repeat(60) + i + "_role_1A2B3C4D";
      plan.with(policy, "{'actions': ['update'], 'before': {'a': 1}, 'after': {'a': 2}}")
          .with(
              "aws_kms_key.dr_encryption_x" + i + "_1A2B3C4D",
              "{'actions': ['delete'], 'before': {'a': 1}, 'after': null}");
    }

    JsonNode result = reviewed(plan, true);

    assertEquals("failed", result.at("/data/attributes/status").asText());
    String page = result.at("/data/relationships/outcomes/data/0/attributes/body").asText();
    assertTrue(page.contains("**Left out, because an outcome of a run task ends at 10,000"), page);
    assertTrue(
        result
            .at("/data/relationships/outcomes/data/1/attributes/body")
            .asText()
            .contains("and 250 more"),
        result.at("/data/relationships/outcomes/data/1")::toString);
  }

  @ParameterizedTest
  @CsvSource({"pre_plan", "post_apply", "somewhere"})
  void stage_without_a_plan_fails_and_says_which_one_is_right(String stage) throws Exception {
    RunTask task =
        RunTask.parse(
            hcp.request("taskrs-1")
                .put("stage", stage)
                .toString()
                .getBytes(StandardCharsets.UTF_8));

    reviewer(true).accept(task);

    assertEquals(
        "not reviewed: stage of the run task must be post_plan or pre_apply, got " + stage,
        hcp.result().at("/data/attributes/message").asText());
  }

  @Test
  void plan_of_somebody_else_fails() throws Exception {
    JsonNode result = reviewed(TestPlan.of("payments-dr-other"), true);

    assertEquals("failed", result.at("/data/attributes/status").asText());
    assertTrue(
        result
            .at("/data/attributes/message")
            .asText()
            .startsWith("not reviewed: plan must name one stack of this project"),
        result::toString);
  }

  @Test
  void what_is_no_plan_fails() throws Exception {
    hcp.serve("{\"values\": {}}".getBytes(StandardCharsets.UTF_8));
    reviewer(true).accept(hcp.task());

    assertEquals(
        "not reviewed: plan of run-i3Df5to9ELvibKpQ must be a plan, got a state; run terraform plan"
            + " -out=FILE, then terraform show -json FILE",
        hcp.result().at("/data/attributes/message").asText());
  }

  @Test
  void plan_that_cannot_be_had_fails() throws Exception {
    hcp.failPlan(404);
    reviewer(true).accept(hcp.task());

    assertEquals(
        "not reviewed: plan of run-i3Df5to9ELvibKpQ of workspace payments-dr-prod: HTTP 404",
        hcp.result().at("/data/attributes/message").asText());
  }

  @Test
  void refused_callback_is_logged_without_the_token() {
    hcp.serve(TestPlan.of(STACK).json().getBytes(StandardCharsets.UTF_8)).failCallback(401);

    reviewer(true).accept(hcp.task());

    assertTrue(
        log.toString()
            .endsWith(
                "passed, but HCP Terraform was not told: result of run-i3Df5to9ELvibKpQ of"
                    + " workspace payments-dr-prod: HTTP 401\n"),
        log::toString);
    assertFalse(log.toString().contains(StandInHcp.TOKEN));
  }

  private JsonNode reviewed(TestPlan plan, boolean asksPerson) throws InterruptedException {
    hcp.serve(plan.json().getBytes(StandardCharsets.UTF_8));
    reviewer(asksPerson).accept(hcp.task());
    return hcp.result();
  }

  private TaskReviewer reviewer(boolean asksPerson) {
    return new TaskReviewer(
        new Project(ProjectCopy.PROJECT),
        new HcpClient(hcp.hosts(), StandInHcp.LIMITS),
        asksPerson,
        new PrintWriter(log));
  }
}
