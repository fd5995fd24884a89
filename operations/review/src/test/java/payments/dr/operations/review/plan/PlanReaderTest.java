package payments.dr.operations.review.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.review.TestPlan;

class PlanReaderTest {

  private static final String KEY = "aws_kms_key.dr_encryption_data_1A2B3C4D";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create | CREATE",
        "update | UPDATE",
        "delete | DELETE",
        "delete', 'create | REPLACE",
        "create', 'delete | REPLACE",
        "forget | FORGET",
        "read | READ"
      })
  void actions_are_known(String words, Action action) {
    Plan plan = TestPlan.ofProd().with(KEY, "{'actions': ['" + words + "']}").read();

    assertEquals(action, plan.changes().get(0).action());
  }

  @Test
  void what_stays_as_it_is_is_counted_only() {
    Plan plan = TestPlan.ofProd().with(KEY, "{'actions': ['no-op']}").read();

    assertEquals(List.of(), plan.changes());
    assertEquals(List.of(KEY), plan.unchanged());
  }

  @Test
  void moves_and_imports_are_kept_though_nothing_changes() {
    Plan plan =
        TestPlan.ofProd()
            .withMove("aws_kms_key.old", KEY)
            .with("aws_vpc.x", "{'actions': ['no-op'], 'importing': {'id': 'vpc-1'}}")
            .read();

    assertEquals(Optional.of("aws_kms_key.old"), plan.changes().get(0).movedFrom());
    assertEquals(Optional.of("vpc-1"), plan.changes().get(1).importId());
  }

  static Stream<Arguments> noPlans() {
    String whole = TestPlan.ofProd().with(KEY, "{'actions': ['create']}").json();
    return Stream.of(
        Arguments.of("", "plan.json must hold a plan, got nothing"),
        Arguments.of(
            "PK\u0003\u0004",
            "plan.json must be JSON, got a plan file; run terraform show -json on it first"),
        Arguments.of("[]", "plan.json must be a JSON object, got another value"),
        Arguments.of(
            whole.substring(0, whole.length() - 40),
            "plan.json must be complete JSON, got a fault at line 1, column "
                + (whole.length() - 39)),
        Arguments.of("{}", "plan.json must have a format_version, got none; is it a plan?"),
        Arguments.of(
            "{\"version\": 4, \"lineage\": \"x\"}",
            "plan.json must be a plan, got a state file; run terraform plan -out=FILE, then terraform show -json FILE"),
        Arguments.of(
            "{\"format_version\": \"1.0\", \"values\": {}}",
            "plan.json must be a plan, got a state; run terraform plan -out=FILE, then terraform show -json FILE"),
        Arguments.of(
            "{\"remote_plan_format\": 1, \"run_id\": \"run-1\"}",
            "plan.json must be a plan, got the bookmark of a run in HCP Terraform; sign in with terraform login, then run terraform show -json on it"),
        Arguments.of(
            "{\"@level\": \"info\"}\n{\"@level\": \"info\"}",
            "plan.json must be a plan, got the log of terraform plan -json; run terraform plan -out=FILE, then terraform show -json FILE"),
        Arguments.of(
            "{\"format_version\": \"2.0\"}", "plan.json: format_version must be 1.x, got \"2.0\""),
        Arguments.of(whole + "{}", "plan.json must be one JSON object, got more after it"),
        Arguments.of(
            TestPlan.ofProd().put("errored", true).json(),
            "plan.json: planning ended with an error, so the plan is incomplete; mend it and plan"
                + " again"),
        Arguments.of(
            TestPlan.ofProd().with(KEY, "{'actions': ['explode']}").json(),
            "plan.json: actions must be known ones, got [explode]"));
  }

  @ParameterizedTest
  @MethodSource("noPlans")
  void what_is_no_plan_gets_one_clear_line(String text, String message) {
    assertEquals(
        message, assertThrows(BadInputException.class, () -> TestPlan.read(text)).getMessage());
  }

  static Stream<Arguments> oversized() {
    return Stream.of(
        Arguments.of("x", "[".repeat(5_000) + "]".repeat(5_000)),
        Arguments.of("errored", "9".repeat(5_000)),
        Arguments.of("checks", "\"" + "a".repeat(25_000_000) + "\""));
  }

  @ParameterizedTest
  @MethodSource("oversized")
  void what_is_too_deep_or_too_long_to_be_a_plan_gets_one_clear_line(String key, String value) {
    String text = "{\"format_version\": \"1.2\", \"" + key + "\": " + value + "}";

    String message = assertThrows(BadInputException.class, () -> TestPlan.read(text)).getMessage();

    assertTrue(message.startsWith("plan.json must nest less than 1,000 levels"), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void packed_plan_gets_one_clear_line() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write('{');
    }

    assertEquals(
        "plan.json.gz must be JSON, got gzip; unpack it first",
        assertThrows(
                BadInputException.class,
                () ->
                    PlanReader.read("plan.json.gz", new ByteArrayInputStream(packed.toByteArray())))
            .getMessage());
  }

  @Test
  void secrets_are_masked_whole_wherever_they_are() {
    Plan plan =
        TestPlan.ofProd()
            .with(
                KEY,
                "{'actions': ['update'],"
                    + " 'before': {'plain': 1, 'secret': 'old', 'nested': {'a': 'x', 'b': 'hidden'}},"
                    + " 'after': {'plain': 2, 'secret': 'new', 'nested': {'a': 'y', 'b': 'hidden2'}},"
                    + " 'before_sensitive': {'secret': true},"
                    + " 'after_sensitive': {'nested': {'b': true}},"
                    + " 'after_unknown': {'fresh': true}}")
            .read();

    assertEquals(
        List.of(
            new AttributeChange("fresh", "(none)", "(known after apply)"),
            new AttributeChange("nested", "(sensitive)", "(sensitive)"),
            new AttributeChange("plain", "1", "2"),
            new AttributeChange("secret", "(sensitive)", "(sensitive)")),
        plan.changes().get(0).attributes());
  }
}
