package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
 * synthesized stack: Terraform's apply fails with AWS's own code, and succeeds without them,
 * although the local AWS shows each change seconds late.
 */
@TestMethodOrder(OrderAnnotation.class)
class RefusedByAwsIT {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STACK = "cdktf.out/stacks/payments-dr-local";
  private static final String TERRAFORM = "scripts/with-aws local terraform -chdir=" + STACK + " ";

  /** Less than the ten seconds after which Terraform says for the first time that it waits. */
  private static final String SETTLING_SECONDS = "3";

  /** A resource, by its type and the beginning of its name, which is that of one resource only. */
  private record Named(String type, String name) {

    String address() {
      return type + "." + fullName();
    }

    ObjectNode in(JsonNode stack) {
      return (ObjectNode) stack.path("resource").path(type).path(fullName());
    }

    private String fullName() {
      List<String> names =
          stack.path("resource").path(type).properties().stream()
              .map(Map.Entry::getKey)
              .filter(it -> it.startsWith(name))
              .toList();
      assertEquals(1, names.size(), "resources " + type + " " + name + ": " + names);
      return names.get(0);
    }
  }

  /**
   * A value that AWS does not take.
   *
   * @param why what the value breaks
   * @param value may name other resources by the beginnings of their names
   * @param call that is refused
   * @param code that AWS answers
   */
  private record Mistake(
      String why, Named resource, String attribute, String value, String call, String code) {

    void in(JsonNode mistaken) {
      resource.in(mistaken).put(attribute, value);
    }
  }

  private static final Named SECRET =
      new Named("aws_secretsmanager_secret", "dr_database-v2_password_");
  private static final Named CLUSTER = new Named("aws_rds_cluster", "dr_database-v2_");
  private static final Named PRIMARY_FUNCTION =
      new Named("aws_lambda_function", "primary_controller_");
  private static final Named FUNCTION = new Named("aws_lambda_function", "dr_controller_");
  private static final Named LOG_GROUP =
      new Named("aws_cloudwatch_log_group", "dr_controller_log-group_");
  private static final Named COMPUTE_KEY = new Named("aws_kms_key", "dr_encryption_compute_");
  private static final Named MAPPING =
      new Named("aws_lambda_event_source_mapping", "dr_controller_wake-ups_");
  private static final Named PERMISSION =
      new Named("aws_iam_role_policy", "dr_controller_wake-ups_permission_");

  @TempDir static Path folder;

  private static ProjectCopy copy;
  private static Path file;
  private static JsonNode stack;

  @BeforeAll
  static void synthesize() throws IOException {
    copy = ProjectCopy.builtInto(folder);
    copy.shell()
        .with("LOCAL_AWS_SETTLING_SECONDS", SETTLING_SECONDS)
        .sh(LIMIT, "emulator/local-aws start")
        .expect(0);
    copy.shell().sh(LIMIT, "scripts/synth local").expect(0);
    file = folder.resolve(STACK + "/cdk.tf.json");
    stack = JSON.readTree(file.toFile());
    for (Named function : List.of(PRIMARY_FUNCTION, FUNCTION)) {
      // These name half of the stack, and have to do with nothing that is refused here.
      function.in(stack).remove(List.of("environment", "vpc_config", "depends_on"));
    }
    copy.shell().sh(LIMIT, TERRAFORM + "init -input=false -no-color").expect(0);
  }

  @AfterAll
  static void stop() {
    copy.stopLocalAws();
  }

  /**
   * By apply: what needs a resource that is refused is never called, as the cluster that needs the
   * secret.
   */
  private static List<List<Mistake>> mistakes() {
    return List.of(
        List.of(
            new Mistake(
                "length in the model: at most 2048",
                SECRET,
                "description",
                "x".repeat(2049),
                "CreateSecret",
                "ValidationException")),
        List.of(
            new Mistake(
                "precondition: the version of the global cluster",
                CLUSTER,
                "engine_version",
                "17.6",
                "CreateDBCluster",
                "InvalidParameterValue"),
            new Mistake(
                "pattern in the model: no blanks",
                PRIMARY_FUNCTION,
                "handler",
                "payments dr Handler",
                "CreateFunction",
                "ValidationException"),
            new Mistake(
                "precondition: 100 of the account's 1000 stay unreserved",
                FUNCTION,
                "reserved_concurrent_executions",
                "901",
                "PutFunctionConcurrency",
                "InvalidParameterValueException"),
            new Mistake(
                "policy of a key: the log service may not use it",
                LOG_GROUP,
                "kms_key_id",
                "${%s.arn}".formatted(COMPUTE_KEY.address()),
                "CreateLogGroup",
                "AccessDeniedException")));
  }

  @TestFactory
  @Order(1)
  List<DynamicTest> each_mistake_ends_in_the_code_of_aws() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (List<Mistake> together : mistakes()) {
      JsonNode mistaken = stack.deepCopy();
      together.forEach(mistake -> mistake.in(mistaken));
      write(mistaken);

      String said = inOneLine(apply(resources(together)).expect(1).err());

      for (Mistake mistake : together) {
        tests.add(
            DynamicTest.dynamicTest(
                mistake.why(), () -> assertRefused(mistake.call(), mistake.code(), said)));
      }
    }
    return tests;
  }

  /** Where the dependency stands, the permission comes before the mapping: see the last test. */
  @Test
  @Order(2)
  void queue_is_not_read_before_its_permission_is_there() throws IOException, InterruptedException {
    JsonNode mistaken = stack.deepCopy();
    MAPPING.in(mistaken).remove("depends_on");
    write(mistaken);

    assertNeverRead();
  }

  @Test
  @Order(3)
  void queue_is_not_read_by_a_role_that_may_not() throws IOException, InterruptedException {
    JsonNode mistaken = stack.deepCopy();
    ObjectNode permission = PERMISSION.in(mistaken);
    permission.put(
        "policy",
        permission.path("policy").asText().replace("\"sqs:ReceiveMessage\"", "\"sqs:ListQueues\""));
    write(mistaken);

    assertNeverRead();
  }

  /** The mapping too, which AWS refuses until it sees the permission that Terraform made first. */
  @Test
  @Order(4)
  void without_the_mistakes_the_same_resources_are_made_and_each_change_is_waited_for()
      throws IOException {
    write(stack);
    long refusals = refusalsOfMapping();

    List<Mistake> all = mistakes().stream().flatMap(List::stream).toList();
    apply(Stream.concat(resources(all), Stream.of(MAPPING))).expect(0);

    assertTrue(refusalsOfMapping() > refusals, "the permission counts late");
  }

  /**
   * Terraform repeats the call for five minutes, since a permission may only be seen late: that it
   * does so at all shows that code and message are those of AWS. What it says after an interrupt
   * depends on the moment, so the local AWS is asked.
   */
  private static void assertNeverRead() throws IOException, InterruptedException {
    long refusals = refusalsOfMapping();
    RunningCommand applying =
        RunningCommand.onTerminal(
            folder,
            Map.of(),
            TERRAFORM + "apply -auto-approve -input=false -no-color -target=" + MAPPING.address());
    applying.waitUntil(
        "a call that is refused three times", () -> refusalsOfMapping() >= refusals + 3, LIMIT);
    applying.interrupt();

    int status = applying.end(LIMIT);
    assertEquals(1, status, "ended with " + status + ":\n" + applying.said());
    String made = copy.shell().sh(LIMIT, TERRAFORM + "state list").expect(0).out();
    assertFalse(made.contains(MAPPING.address()), made);
  }

  /** So far, as the local AWS notes them. */
  private static long refusalsOfMapping() throws IOException {
    return Files.readString(folder.resolve(".local-aws/log"))
        .lines()
        .filter(line -> line.startsWith("DENIED: ") && line.contains(": sqs:ReceiveMessage on "))
        .count();
  }

  private static void assertRefused(String call, String code, String said) {
    String refusal =
        ": %s, https response error StatusCode: 400, RequestID: [^,]*, (api error )?%s: "
            .formatted(call, code);
    assertTrue(Pattern.compile(refusal).matcher(said).find(), said);
  }

  /** Terraform breaks lines, and shows the line that is to blame. */
  private static String inOneLine(String said) {
    return said.replaceAll("\\s*\\R[│\\s]*", " ");
  }

  private static Stream<Named> resources(List<Mistake> mistakes) {
    return mistakes.stream().map(Mistake::resource);
  }

  private static void write(JsonNode changed) throws IOException {
    Files.writeString(file, changed.toPrettyString());
  }

  private static Shell.Result apply(Stream<Named> resources) {
    String targets = resources.map(RefusedByAwsIT::target).collect(Collectors.joining(" "));
    return copy.shell()
        .sh(LIMIT, TERRAFORM + "apply -auto-approve -input=false -no-color " + targets);
  }

  private static String target(Named resource) {
    return "'-target=%s'".formatted(resource.address());
  }
}
