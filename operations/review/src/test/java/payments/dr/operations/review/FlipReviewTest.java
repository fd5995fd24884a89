package payments.dr.operations.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.operations.console.Project;
import payments.dr.testing.ProjectCopy;

class FlipReviewTest {

  private static final String STACK = "payments-dr-staging";
  private static final String DR = "aws_ssm_parameter.dr_pointer_parameter_1A2B3C4D";
  private static final String PRIMARY = "aws_ssm_parameter.primary_pointer_parameter_1A2B3C4D";
  private static final String ROUTE = "aws_route.dr_network_x_1A2B3C4D";
  private static final String FLIP =
      "{'actions': ['update'],"
          + " 'before': {'insecure_value': '{\\\"generation\\\":\\\"v1\\\"}'},"
          + " 'after': {'insecure_value': '{\\\"generation\\\":\\\"v2\\\"}'}}";
  private static final String BACK =
      "{'actions': ['update'],"
          + " 'before': {'insecure_value': '{\\\"generation\\\":\\\"v2\\\"}'},"
          + " 'after': {'insecure_value': '{\\\"generation\\\":\\\"v1\\\"}'}}";

  @Test
  void plan_that_leads_both_pointers_to_the_generation_is_fine() {
    assertEquals(List.of(), objections(flip(), "staging", "v2"));
  }

  /** A Region is lost, and with it a member of one generation's global database. */
  @ParameterizedTest
  @ValueSource(strings = {"fail", "error", "unknown"})
  void check_that_does_not_pass_stops_no_cutover(String status) {
    assertEquals(List.of(), objections(flip().put("checks", checked(status)), "staging", "v2"));
  }

  @Test
  void key_of_a_newer_terraform_stops_no_cutover() {
    assertEquals(List.of(), objections(flip().put("something_new", List.of("x")), "staging", "v2"));
  }

  @Test
  void neither_hides_what_else_the_plan_does() {
    assertEquals(
        List.of("plan must only lead the pointers to v2, got " + ROUTE + " (create)"),
        objections(
            flip()
                .with(ROUTE, "{'actions': ['create'], 'before': null, 'after': {}}")
                .put("checks", checked("fail"))
                .put("something_new", List.of("x")),
            "staging",
            "v2"));
  }

  /** What it calls or puts off is in no change. */
  @Test
  void call_or_gap_beside_the_pointers_is_not() {
    assertEquals(
        List.of(
            "action.aws_lambda_invoke.x is called by the apply (rule action-invoked)",
            "plan leaves out a part of the configuration (rule plan-incomplete)"),
        objections(
            flip()
                .put("complete", false)
                .put(
                    "action_invocations", List.of(Map.of("address", "action.aws_lambda_invoke.x"))),
            "staging",
            "v2"));
  }

  @Test
  void plan_of_another_environment_is_not() {
    assertEquals(
        List.of("plan must be of environment prod, got one of stack " + STACK),
        objections(flip(), "prod", "v2"));
  }

  @Test
  void plan_to_another_generation_is_not() {
    List<String> objections = objections(flip(), "staging", "v1");

    assertEquals(
        List.of(
            "plan must only lead the pointers to v1, got " + DR + " (update)",
            "plan must only lead the pointers to v1, got " + PRIMARY + " (update)",
            "plan must lead the pointers of dr and primary to v1, got []",
            DR + " leads from v1 to v2, but the cutover is not to v2 (rule pointer-flipped)",
            PRIMARY + " leads from v1 to v2, but the cutover is not to v2 (rule pointer-flipped)"),
        objections);
  }

  @Test
  void plan_that_changes_anything_else_is_not() {
    assertEquals(
        List.of("plan must only lead the pointers to v2, got " + ROUTE + " (create)"),
        objections(
            flip().with(ROUTE, "{'actions': ['create'], 'before': null, 'after': {}}"),
            "staging",
            "v2"));
  }

  @Test
  void plan_that_forgets_a_region_is_not() {
    assertEquals(
        List.of("plan must lead the pointers of dr and primary to v2, got [dr]"),
        objections(step().with(DR, FLIP), "staging", "v2"));
  }

  /** An apply that broke off has moved the pointer of one Region, and its state may know it. */
  @Test
  void way_back_from_half_a_flip_is_fine() {
    TestPlan back = TestPlan.of(STACK).applied("v1 v2", "v2", "-").planned("v1 v2", "v1", "-");

    assertEquals(
        List.of(), objections(back.with(DR, BACK).with(PRIMARY, kept("v1")), "staging", "v1"));
  }

  @Test
  void way_back_from_half_a_flip_that_no_state_knows_is_fine() {
    TestPlan back = TestPlan.of(STACK).applied("v1 v2", "v1", "-").planned("v1 v2", "v1", "-");

    assertEquals(
        List.of(),
        objections(
            back.withDrift(DR, FLIP).with(DR, BACK).with(PRIMARY, kept("v1")), "staging", "v1"));
  }

  @Test
  void rest_of_half_a_flip_is_fine() {
    TestPlan rest = TestPlan.of(STACK).applied("v1 v2", "v2", "-").planned("v1 v2", "v2", "-");

    assertEquals(
        List.of(), objections(rest.with(PRIMARY, FLIP).with(DR, kept("v2")), "staging", "v2"));
  }

  @Test
  void plan_that_leaves_a_pointer_elsewhere_is_not() {
    assertEquals(
        List.of("plan must lead the pointers of dr and primary to v2, got [dr]"),
        objections(step().with(DR, FLIP).with(PRIMARY, kept("v1")), "staging", "v2"));
  }

  @Test
  void plan_that_leaves_out_a_step_is_not() {
    TestPlan jump = TestPlan.of(STACK).applied("v1", "v1", "-").planned("v2", "v2", "-");

    assertEquals(
        List.of(
            "databases must go from \"v1 only\" to \"both, on v1\", got \"v2 only\""
                + " (rule rollout-jump)"),
        objections(jump.with(DR, FLIP).with(PRIMARY, FLIP), "staging", "v2"));
  }

  private static String kept(String generation) {
    String value = "{'insecure_value': '{\\\"generation\\\":\\\"%s\\\"}'}".formatted(generation);
    return "{'actions': ['no-op'], 'before': %1$s, 'after': %1$s}".formatted(value);
  }

  private static TestPlan flip() {
    return step().with(DR, FLIP).with(PRIMARY, FLIP);
  }

  private static TestPlan step() {
    return TestPlan.of(STACK).applied("v1 v2", "v1", "-").planned("v1 v2", "v2", "-");
  }

  private static List<Object> checked(String status) {
    return List.of(
        Map.of(
            "address",
            Map.of("kind", "check", "to_display", "check.database-v1"),
            "status",
            status,
            "instances",
            List.of(
                Map.of(
                    "status",
                    status,
                    "problems",
                    List.of(Map.of("message", "global-db-v1-staging has one member left."))))));
  }

  private static List<String> objections(TestPlan plan, String environment, String generation) {
    return FlipReview.objections(
        new Project(ProjectCopy.PROJECT), plan.read(), environment, generation);
  }
}
