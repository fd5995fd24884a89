package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/**
 * Mistakes that validation, plan and provider let through and AWS refuses, each put into the
 * synthesized stack: Terraform's apply fails with AWS's own code, and succeeds without them.
 */
@TestMethodOrder(OrderAnnotation.class)
class RefusedByAwsIT {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STACK = "cdktf.out/stacks/payments-dr-local";
  private static final String TERRAFORM = "scripts/with-aws local terraform -chdir=" + STACK + " ";

  /**
   * A value that AWS does not take.
   *
   * @param why what the value breaks
   * @param resource beginning of the name of one resource
   * @param call that is refused
   * @param code that AWS answers
   */
  private record Mistake(
      String why,
      String type,
      String resource,
      String attribute,
      String value,
      String call,
      String code) {

    /** The resource's name in the stack. */
    String name(JsonNode stack) {
      return stack.path("resource").path(type).properties().stream()
          .map(Map.Entry::getKey)
          .filter(name -> name.startsWith(resource))
          .findFirst()
          .orElseThrow(() -> new AssertionError("the stack must have a " + type + " " + resource));
    }
  }

  /** Each resource needs those before it. */
  private static final List<Mistake> MISTAKES =
      List.of(
          new Mistake(
              "length in the model: at most 2048",
              "aws_secretsmanager_secret",
              "dr_database-v2_password_",
              "description",
              "x".repeat(2049),
              "CreateSecret",
              "ValidationException"),
          new Mistake(
              "precondition: the version of the global cluster",
              "aws_rds_cluster",
              "dr_database-v2_",
              "engine_version",
              "17.6",
              "CreateDBCluster",
              "InvalidParameterValue"),
          new Mistake(
              "pattern in the model: no blanks",
              "aws_lambda_function",
              "primary_controller_",
              "handler",
              "payments dr Handler",
              "CreateFunction",
              "ValidationException"),
          new Mistake(
              "precondition: 100 of the account's 1000 stay unreserved",
              "aws_lambda_function",
              "dr_controller_",
              "reserved_concurrent_executions",
              "901",
              "PutFunctionConcurrency",
              "InvalidParameterValueException"));

  @TempDir static Path folder;

  private static ProjectCopy copy;
  private static Path file;
  private static JsonNode stack;

  @BeforeAll
  static void synthesize() throws IOException {
    copy = ProjectCopy.builtInto(folder);
    copy.shell().sh(LIMIT, "scripts/synth local").expect(0);
    file = folder.resolve(STACK + "/cdk.tf.json");
    stack = JSON.readTree(file.toFile());
    copy.shell().sh(LIMIT, TERRAFORM + "init -input=false -no-color").expect(0);
  }

  @AfterAll
  static void stop() {
    copy.stopLocalAws();
  }

  @TestFactory
  @Order(1)
  Stream<DynamicTest> each_mistake_ends_in_the_code_of_aws() {
    return MISTAKES.stream()
        .map(mistake -> DynamicTest.dynamicTest(mistake.why(), () -> assertRefused(mistake)));
  }

  @Test
  @Order(2)
  void without_the_mistakes_the_same_resources_are_made() throws IOException {
    Files.writeString(file, stack.toPrettyString());

    apply(MISTAKES).expect(0);
  }

  private static void assertRefused(Mistake mistake) throws IOException {
    JsonNode mistaken = stack.deepCopy();
    JsonNode resources = mistaken.path("resource").path(mistake.type());
    ((ObjectNode) resources.path(mistake.name(stack))).put(mistake.attribute(), mistake.value());
    // Terraform shows the line that is to blame.
    Files.writeString(file, mistaken.toPrettyString());

    String said = apply(List.of(mistake)).expect(1).err().replaceAll("\\s*\\n\\s*", " ");

    String refusal =
        ": %s, https response error StatusCode: 400, RequestID: [^,]*, (api error )?%s: "
            .formatted(mistake.call(), mistake.code());
    assertTrue(Pattern.compile(refusal).matcher(said).find(), said);
  }

  private static Shell.Result apply(List<Mistake> mistakes) {
    String targets =
        mistakes.stream()
            .map(mistake -> "'-target=%s.%s'".formatted(mistake.type(), mistake.name(stack)))
            .collect(Collectors.joining(" "));
    return copy.shell()
        .sh(LIMIT, TERRAFORM + "apply -auto-approve -input=false -no-color " + targets);
  }
}
