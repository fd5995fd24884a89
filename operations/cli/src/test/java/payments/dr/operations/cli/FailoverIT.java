package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/**
 * The controller as it is deployed: the jar that Terraform uploaded, started by an alarm through
 * EventBridge, decides about a primary Region that has gone dark. No database answers here, so no
 * loss can be reckoned, and a human is asked before the writer moves.
 */
@TestMethodOrder(OrderAnnotation.class)
class FailoverIT {

  private static final Duration COMMAND = Duration.ofMinutes(3);
  private static final Duration APPLY = Duration.ofMinutes(15);

  /** Two invocations, each of which ticks for 125 s. */
  private static final Duration PHASE = Duration.ofMinutes(6);

  /** Of the controller; asking more often only takes the processor away from it. */
  private static final Duration TICK = Duration.ofSeconds(5);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENVIRONMENT = "main/environments/local.yaml";
  private static final String CONTROLLER = "failover-lambda-local";

  @TempDir static Path checkout;
  @TempDir static Path connections;

  private static ProjectCopy copy;
  private static Shell shell;
  private static Migrations database;
  private static List<String> alarms;

  @BeforeAll
  static void deploy() throws IOException {
    Path deployment = Deployment.kept();
    copy = Deployment.copyInto(checkout);
    copy.replace(ENVIRONMENT, "mode: auto", "mode: observe");
    shell =
        copy.shell()
            .with(Deployment.SNAPSHOT, deployment.toString())
            .with("LOCAL_AWS_LAMBDA", "java")
            .with("AWS_ACCESS_KEY_ID", "local")
            .with("AWS_SECRET_ACCESS_KEY", "local")
            .with("AWS_PAGER", "");
    shell.sh(APPLY, "make deploy").expect(0);
    shell =
        shell.with(
            "AWS_ENDPOINT_URL", shell.sh(COMMAND, "make -s endpoint").expect(0).out().strip());
    database = Migrations.of(connections, shell);
    database.dr("database init local");
    alarms =
        ofThisEnvironment(
            aws("cloudwatch describe-alarms --region us-east-2").path("MetricAlarms"));
  }

  @AfterAll
  static void stop() {
    copy.stopLocalAws();
    if (database != null) {
      database.close();
    }
  }

  @Test
  @Order(1)
  void default_mode_only_says_what_it_would_do() throws Exception {
    darken();

    JsonNode status = await("SUSPECT", "would");

    assertEquals("OBSERVE", status.path("mode").asText());
    assertEquals("DOWN", status.at("/votes/external").asText());
    JsonNode later = awaitTicks(3);
    assertEquals("SUSPECT", later.path("phase").asText());
    assertEquals("PRIMARY", later.at("/traffic/dnsAnswers").asText());
    assertEquals("primary-db-cluster-v2-local", writer());
  }

  @Test
  @Order(2)
  void primary_region_that_comes_back_ends_the_suspicion() throws Exception {
    shell.sh(COMMAND, "emulator/local-aws repair us-east-1 region-lost").expect(0);

    await("STEADY", "");
  }

  @Test
  @Order(3)
  void dark_primary_region_is_left_once_a_human_agrees() throws Exception {
    copy.replace(ENVIRONMENT, "mode: observe", "mode: auto");
    shell.sh(APPLY, "make deploy").expect(0);
    // Until then the last one that only observes is still at it.
    awaitEndOfInvocations();
    darken();
    storm();
    await("AWAITING_APPROVAL", "");
    assertEquals("primary-db-cluster-v2-local", writer());

    shell.sh(COMMAND, "echo local | ./dr approve local --reason 'us-east-1 is dark'").expect(0);
    JsonNode status = await("FAILED_OVER", "");

    assertEquals("dr-db-cluster-v2-local", writer());
    assertEquals("DR", status.at("/traffic/dnsAnswers").asText());
    assertEquals("PRESENT", status.at("/traffic/drLatch").asText());
    String trail = promotedOnce();
    assertTrue(trail.contains("us-east-1 is dark"), trail);
  }

  @Test
  @Order(4)
  void nothing_returns_by_itself() throws Exception {
    shell.sh(COMMAND, "emulator/local-aws repair us-east-1 region-lost").expect(0);

    JsonNode status = awaitTicks(6);

    assertEquals("UP", status.at("/votes/external").asText());
    assertEquals("FAILED_OVER", status.path("phase").asText());
    assertEquals("DR", status.at("/traffic/dnsAnswers").asText());
    assertEquals("PRESENT", status.at("/traffic/primaryLatch").asText(), "both copies hold it");
    assertEquals("dr-db-cluster-v2-local", writer());
    promotedOnce();
  }

  @Test
  @Order(5)
  void every_row_of_the_trail_lies_in_the_bucket_once() throws Exception {
    Instant limit = Instant.now().plus(PHASE);
    while (!promotedOnce().contains("\n" + exported() + " rows, none missing")) {
      assertTrue(Instant.now().isBefore(limit), exported() + " rows of: " + promotedOnce());
      if (running() == 0) {
        wake();
      }
      Thread.sleep(TICK.toMillis());
    }
  }

  @Test
  @Order(6)
  void storm_of_alarms_left_no_failed_start() throws IOException {
    String queue =
        aws("sqs get-queue-url --region us-east-2 --queue-name dr-failover-failures-local")
            .path("QueueUrl")
            .asText();

    JsonNode kept =
        aws(
            "sqs get-queue-attributes --region us-east-2 --attribute-names All --queue-url "
                + queue);

    assertEquals("0", kept.at("/Attributes/ApproximateNumberOfMessages").asText());
  }

  @Test
  @Order(7)
  void plan_after_a_failover_is_empty() {
    shell
        .sh(
            APPLY,
            "scripts/with-aws local terraform -chdir=cdktf.out/stacks/payments-dr-local"
                + " plan -input=false -detailed-exitcode -lock=false")
        .expect(0);
  }

  /** The audit trail, which tells that the writer was moved once. */
  private static String promotedOnce() {
    String trail = database.dr("audit local");
    PromotionRows.assertOnePromotion(trail.lines().toList());
    return trail;
  }

  /** Nothing in us-east-1 answers any more; the DR Region's alarm of it wakes the controller. */
  private static void darken() throws IOException {
    shell.sh(COMMAND, "emulator/local-aws fault us-east-1 region-lost").expect(0);
    wake();
  }

  private static void wake() throws IOException {
    set(alarms.get(0), "OK");
    set(alarms.get(0), "ALARM");
  }

  /** Twenty more alarms go off. */
  private static void storm() throws IOException {
    List<String> others = alarms.subList(1, 21);
    for (String other : others) {
      set(other, "ALARM");
    }
  }

  private static void set(String alarm, String state) throws IOException {
    shell
        .sh(
            COMMAND,
            AWS.formatted(
                "cloudwatch set-alarm-state --region us-east-2 --state-reason drill"
                    + " --alarm-name %s --state-value %s".formatted(alarm, state)))
        .expect(0);
  }

  /** Wakes the controller again where no invocation is left to enter the phase. */
  private static JsonNode await(String phase, String why) throws Exception {
    return await(
        status ->
            status.path("phase").asText().equals(phase)
                && status.path("why").asText().contains(why),
        phase);
  }

  private static JsonNode awaitTicks(int count) throws Exception {
    long version = status().path("version").asLong() + count;
    return await(status -> status.path("version").asLong() >= version, count + " ticks");
  }

  private static JsonNode await(Predicate<JsonNode> wanted, String what) throws Exception {
    Instant limit = Instant.now().plus(PHASE);
    JsonNode status = status();
    while (!wanted.test(status)) {
      assertTrue(Instant.now().isBefore(limit), "no " + what + ": " + status);
      int running = running();
      assertTrue(running <= 1, "alarms cause one execution at a time, got " + running);
      if (running == 0) {
        wake();
      }
      Thread.sleep(TICK.toMillis());
      status = status();
    }
    return status;
  }

  private static void awaitEndOfInvocations() throws Exception {
    Instant limit = Instant.now().plus(PHASE);
    while (running() > 0) {
      assertTrue(Instant.now().isBefore(limit), "an invocation ends after 125 s");
      Thread.sleep(2000);
    }
  }

  /** Invocations of the DR Region's controller that have not ended. */
  private static int running() throws IOException {
    JsonNode invocations =
        JSON.readTree(
            shell.sh(COMMAND, "curl -s $AWS_ENDPOINT_URL/emulator/invocations").expect(0).out());
    int running = 0;
    for (JsonNode invocation : invocations) {
      if (invocation.path("function").asText().equals(CONTROLLER)) {
        if (!invocation.has("exitCode")) {
          running++;
        } else {
          assertEquals(0, invocation.path("exitCode").asInt(), invocation::toString);
        }
      }
    }
    return running;
  }

  /** The rule listens to alarms whose names end in the environment's. */
  private static List<String> ofThisEnvironment(JsonNode alarms) {
    List<String> names = new ArrayList<>();
    for (JsonNode candidate : alarms) {
      String name = candidate.path("AlarmName").asText();
      if (name.endsWith("-local")) {
        names.add(name);
      }
    }
    assertTrue(names.size() > 20, "too few alarms of the environment: " + alarms);
    return names;
  }

  private static JsonNode status() throws IOException {
    return JSON.readTree(shell.sh(COMMAND, "./dr status local --format json").out());
  }

  private static int exported() throws IOException {
    return aws("s3api list-object-versions --region us-east-2 --bucket dr-audit-local")
        .path("Versions")
        .size();
  }

  private static String writer() throws IOException {
    for (JsonNode member :
        aws("rds describe-global-clusters --region us-east-2"
                + " --global-cluster-identifier global-db-v2-local")
            .at("/GlobalClusters/0/GlobalClusterMembers")) {
      if (member.path("IsWriter").asBoolean()) {
        return member.path("DBClusterArn").asText().replaceFirst(".*:", "");
      }
    }
    return "nobody";
  }

  /** Version 1 of the AWS CLI overlooks AWS_ENDPOINT_URL for some services. */
  private static final String AWS = "aws --endpoint-url $AWS_ENDPOINT_URL --output json %s";

  private static JsonNode aws(String command) throws IOException {
    return JSON.readTree(shell.sh(COMMAND, AWS.formatted(command)).expect(0).out());
  }
}
