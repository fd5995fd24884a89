package payments.dr.operations.review.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  @TempDir Path root;

  private StandInHcp hcp;

  @BeforeEach
  void start() throws IOException {
    hcp = new StandInHcp();
    for (String kind : List.of("accounts", "environments", "measurements")) {
      Path folder = Files.createDirectories(root.resolve("main").resolve(kind));
      try (Stream<Path> files = Files.list(ProjectCopy.PROJECT.resolve("main").resolve(kind))) {
        for (Path file : files.toList()) {
          Files.copy(file, folder.resolve(file.getFileName()));
        }
      }
    }
    keepInHcp("dev");
  }

  private void keepInHcp(String environment) throws IOException {
    Files.writeString(
        root.resolve("main/environments/" + environment + ".yaml"),
        "\nstate: {kind: terraform-cloud, organization: acme}\n",
        StandardOpenOption.APPEND);
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
        "run-i3Df5to9ELvibKpQ of workspace payments-dr-dev: passed, "
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

  /** By pre_apply the person has confirmed, and nobody is asked after it. */
  @Test
  void what_needs_approval_fails_after_the_person_has_confirmed() throws Exception {
    hcp.serve(
        bytes(
            TestPlan.of(STACK)
                .with(
                    "aws_mystery.thing", "{'actions': ['create'], 'before': null, 'after': {}}")));

    reviewer(true).review(task("stage", "pre_apply"));

    JsonNode result = hcp.result();
    assertEquals("failed", result.at("/data/attributes/status").asText());
    assertEquals(
        STACK + ": needs approval, rules broken: 1",
        result.at("/data/attributes/message").asText());
  }

  /** The author of what is planned wrote the tag, too: it must not choose who judges. */
  @ParameterizedTest
  @CsvSource({
    "workspace_name, payments-dr-prod, payments-dr-prod of organization acme",
    "organization_name, another, payments-dr-dev of organization another"
  })
  void plan_of_another_workspace_fails(String key, String value, String named) throws Exception {
    keepInHcp("prod");
    hcp.serve(bytes(TestPlan.of(STACK)));

    reviewer(true).review(task(key, value));

    assertEquals(
        "not reviewed: plan of workspace "
            + named
            + " must be of the stack whose state is there, got one of stack "
            + STACK,
        hcp.result().at("/data/attributes/message").asText());
  }

  @Test
  void plan_of_a_stack_whose_state_is_in_s3_fails() throws Exception {
    hcp.serve(bytes(TestPlan.of("payments-dr-prod")));

    reviewer(true).review(task("workspace_name", "payments-dr-prod"));

    assertEquals("failed", hcp.result().at("/data/attributes/status").asText());
  }

  @Test
  void plan_of_protected_data_is_not_judged_without_what_was_synthesized() throws Exception {
    keepInHcp("prod");
    hcp.serve(bytes(TestPlan.ofProd()));

    reviewer(true).review(task("workspace_name", "payments-dr-prod"));

    assertEquals(
        "not reviewed: the server's checkout must hold the synthesized stack payments-dr-prod, got"
            + " none; run make synth there",
        hcp.result().at("/data/attributes/message").asText());
  }

  @Test
  void error_of_the_server_fails_the_run_and_is_logged() throws Exception {
    HcpClient broken =
        new HcpClient(hcp.hosts(), StandInHcp.LIMITS) {
          @Override
          byte[] plan(RunTask task) {
            throw new NoClassDefFoundError("payments/dr/Gone");
          }
        };

    reviewer(broken, true).review(hcp.task());

    assertEquals(
        "not reviewed: a fault of the review server, whose log has it",
        hcp.result().at("/data/attributes/message").asText());
    assertTrue(log.toString().contains("NoClassDefFoundError: payments/dr/Gone"), log::toString);
  }

  @Test
  void error_while_telling_is_logged() {
    HcpClient broken =
        new HcpClient(hcp.hosts(), StandInHcp.LIMITS) {
          @Override
          void report(RunTask task, TaskResult result) {
            throw new NoClassDefFoundError("payments/dr/Gone");
          }
        };

    reviewer(broken, true).giveUp(hcp.task(), "x");

    assertTrue(
        log.toString()
            .contains(
                "run-i3Df5to9ELvibKpQ of workspace payments-dr-dev: failed, but HCP Terraform was"
                    + " not told:\njava.lang.NoClassDefFoundError"),
        log::toString);
  }

  /** As when the server is stopped and the minute is over. */
  @Test
  void interrupted_review_still_tells() throws Exception {
    hcp.serve(bytes(TestPlan.of(STACK)));

    Thread.currentThread().interrupt();
    reviewer(true).review(hcp.task());

    assertEquals(
        "not reviewed: the review server was stopped; run the task again",
        hcp.result().at("/data/attributes/message").asText());
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

  @Test
  void long_addresses_fit_and_the_cut_is_said() throws Exception {
    TestPlan plan = TestPlan.of(STACK);
    for (int i = 0; i < 50; i++) {
      plan.with(
          "aws_kms_key.dr_encryption_" + "x".repeat(250) + i + "_1A2B3C4D",
          "{'actions': ['delete'], 'before': {'a': 1}, 'after': null}");
    }

    JsonNode outcome = reviewed(plan, true).at("/data/relationships/outcomes/data/1/attributes");

    String body = outcome.path("body").asText();
    assertEquals(10_000, body.length());
    assertTrue(body.endsWith("\n\nThe rest was left out."), body);
  }

  @ParameterizedTest
  @CsvSource({"pre_plan", "post_apply", "somewhere"})
  void stage_without_a_plan_fails_and_says_which_one_is_right(String stage) throws Exception {
    reviewer(true).review(task("stage", stage));

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
    reviewer(true).review(hcp.task());

    assertEquals(
        "not reviewed: plan of run-i3Df5to9ELvibKpQ must be a plan, got a state; run terraform plan"
            + " -out=FILE, then terraform show -json FILE",
        hcp.result().at("/data/attributes/message").asText());
  }

  @Test
  void plan_that_cannot_be_had_fails() throws Exception {
    hcp.failPlan(404);
    reviewer(true).review(hcp.task());

    assertEquals(
        "not reviewed: plan of run-i3Df5to9ELvibKpQ of workspace payments-dr-dev: HTTP 404",
        hcp.result().at("/data/attributes/message").asText());
  }

  @Test
  void refused_callback_is_logged_without_the_token() {
    hcp.serve(bytes(TestPlan.of(STACK))).failCallback(401);

    reviewer(true).review(hcp.task());

    assertTrue(
        log.toString()
            .endsWith(
                "passed, but HCP Terraform was not told: result of run-i3Df5to9ELvibKpQ of"
                    + " workspace payments-dr-dev: HTTP 401\n"),
        log::toString);
    assertFalse(log.toString().contains(StandInHcp.TOKEN));
  }

  private JsonNode reviewed(TestPlan plan, boolean asksPerson) throws InterruptedException {
    hcp.serve(bytes(plan));
    reviewer(asksPerson).review(hcp.task());
    return hcp.result();
  }

  private TaskReviewer reviewer(boolean asksPerson) {
    return reviewer(new HcpClient(hcp.hosts(), StandInHcp.LIMITS), asksPerson);
  }

  private TaskReviewer reviewer(HcpClient client, boolean asksPerson) {
    return new TaskReviewer(new Project(root), client, asksPerson, new PrintWriter(log));
  }

  private RunTask task(String key, String value) {
    return RunTask.parse(
        hcp.request("taskrs-1").put(key, value).toString().getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(TestPlan plan) {
    return plan.json().getBytes(StandardCharsets.UTF_8);
  }
}
