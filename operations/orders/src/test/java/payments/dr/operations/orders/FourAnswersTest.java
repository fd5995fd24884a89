package payments.dr.operations.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.StandInAws;
import payments.dr.operations.aws.StandInAws.Answer;
import payments.dr.operations.console.Project;
import payments.dr.operations.controller.ControllerClient;
import payments.dr.testing.ProjectCopy;
import picocli.CommandLine;

/**
 * Not signed in, no network here, refused by AWS, nobody answers there: what the commands say, by
 * the SDK's own client and what it meets on the wire.
 */
class FourAnswersTest {

  private static final List<String> REGIONS = List.of("us-east-1", "us-east-2");
  private static final String ALICE = "arn:aws:sts::222222222222:assumed-role/operator/alice";

  private static final String DENIED =
      "User: "
          + ALICE
          + " is not authorized to perform: dynamodb:GetItem on resource:"
          + " arn:aws:dynamodb:us-east-2:222222222222:table/dr-ledger-staging because no"
          + " identity-based policy allows the dynamodb:GetItem action";

  private final StandInAws aws = StandInAws.start();
  private AwsAccess access = AwsAccess.local(aws.endpoint(), REGIONS);
  private String out = "";
  private String err = "";

  /** Both Regions are well, and nobody ever ordered anything. */
  @BeforeEach
  void all_is_well() {
    for (String region : REGIONS) {
      aws.on(region + "/sts", Answer.caller(ALICE));
      aws.on(region + "/dynamodb", Answer.json(200, "{'Items': [], 'Count': 0}"));
    }
    assertEquals(3, run("status", "staging"), err);
    assertTrue(out.contains("NO CONTROLLER ever ran here"), out);
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, ExpiredTokenException, not signed in",
    "400, AccessDeniedException, AWS refused",
    "400, UnrecognizedClientException, AWS refused",
    "403, InvalidSignatureException, AWS refused",
    "400, ThrottlingException, AWS throttles",
    "400, ProvisionedThroughputExceededException, AWS throttles",
    "500, InternalServerError, nobody answers in us-east-2",
    "503, ServiceUnavailable, nobody answers in us-east-2"
  })
  void answer_of_the_ledger_is_told_by_its_kind(int status, String code, String kind) {
    aws.on("us-east-2/dynamodb", Answer.fault(status, code, "as AWS says"));

    assertEquals(2, run("status", "staging"));

    assertTrue(
        err.startsWith(
            "dr: " + kind + ": ledger table dr-ledger-staging in us-east-2 must answer, got "),
        err);
    assertTrue(
        err.contains("must answer, got HTTP %d, %s: as AWS says; ".formatted(status, code)), err);
    assertEquals(1, err.lines().count(), err);
  }

  @Test
  void refusal_names_caller_action_region_and_permission_in_the_words_of_aws() {
    aws.on("us-east-2/dynamodb", Answer.fault(400, "AccessDeniedException", DENIED));

    assertEquals(2, run("status", "staging"));

    assertTrue(
        err.contains("in us-east-2 must answer, got HTTP 400, AccessDeniedException: " + DENIED),
        err);
    assertTrue(err.contains("; this says nothing about any Region"), err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "abort", "audit", "status"})
  void every_command_tells_a_refusal(String command) {
    aws.on("us-east-2/dynamodb", Answer.fault(400, "AccessDeniedException", DENIED));

    assertEquals(2, run(command, "staging"));

    assertTrue(err.startsWith("dr: AWS refused: "), err);
  }

  @Test
  void region_that_ends_connections_is_told_by_those_who_answer() {
    aws.on("us-east-2/dynamodb", Answer.dropped()).on("us-east-2/sts", Answer.dropped());

    assertEquals(2, run("status", "staging"));

    assertTrue(err.startsWith("dr: nobody answers in us-east-2: "), err);
    assertTrue(err.contains("; STS of us-east-1 answers as " + ALICE), err);
    assertTrue(err.contains("; STS of us-east-2: no answer to GetCallerIdentity of Sts"), err);
    assertTrue(err.contains("; network and sign-in of this machine work; "), err);
    assertTrue(out.contains("us-east-1  STS answers as " + ALICE), out);
    assertTrue(out.contains("us-east-2  NO_ANSWER: no answer to GetCallerIdentity"), out);
  }

  @Test
  void region_that_takes_requests_and_never_answers_is_given_up() {
    aws.on("us-east-2/dynamodb", aws.hanging());

    assertEquals(2, run("status", "staging"));

    assertTrue(err.startsWith("dr: nobody answers in us-east-2: "), err);
    assertTrue(err.contains("; STS of us-east-2 answers as " + ALICE), err);
  }

  @Test
  void silence_is_no_lost_region_while_credentials_have_expired() {
    aws.on("us-east-2/dynamodb", Answer.dropped())
        .on("us-east-2/sts", Answer.dropped())
        .on("us-east-1/sts", Answer.xmlFault(403, "ExpiredToken", "The token has expired"));

    assertEquals(2, run("status", "staging"));

    assertTrue(err.startsWith("dr: not signed in: "), err);
    assertTrue(err.contains("HTTP 403, ExpiredToken: The token has expired"), err);
  }

  @Test
  void closed_port_everywhere_is_no_network() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    access = AwsAccess.local("http://127.0.0.1:" + closed, REGIONS);

    assertNoNetwork("ConnectException");
  }

  @Test
  void name_that_does_not_resolve_anywhere_is_no_network() throws IOException {
    access = AwsAccess.local("http://nowhere.invalid", REGIONS);

    assertNoNetwork("UnknownHostException: nowhere.invalid");
  }

  private void assertNoNetwork(String why) throws IOException {
    assertEquals(2, run("status", "staging", "--format", "json"));

    assertTrue(err.startsWith("dr: no network here: "), err);
    assertTrue(err.contains(why), err);
    assertTrue(err.contains("; this says nothing about any Region"), err);
    JsonNode status = new ObjectMapper().readTree(out);
    assertEquals("NO_NETWORK", status.path("obstacle").asText());
    assertEquals("NO_ANSWER", status.at("/regions/0/obstacle").asText());
    assertEquals("NO_ANSWER", status.at("/regions/1/obstacle").asText());
  }

  @Test
  void json_tells_what_is_in_the_way_and_what_each_region_says() throws IOException {
    aws.on("us-east-2/dynamodb", Answer.dropped()).on("us-east-2/sts", Answer.dropped());

    assertEquals(2, run("status", "staging", "--format", "json"));

    JsonNode status = new ObjectMapper().readTree(out);
    assertEquals("staging", status.path("environment").asText());
    assertEquals(2, status.path("exitCode").asInt());
    assertEquals("NO_ANSWER", status.path("obstacle").asText());
    assertEquals("dr: " + status.path("message").asText(), err.strip());
    assertEquals("us-east-1", status.at("/regions/0/region").asText());
    assertTrue(status.at("/regions/0/knowsCaller").asBoolean(), out);
    assertTrue(status.at("/regions/0/obstacle").isNull(), out);
    assertEquals("us-east-2", status.at("/regions/1/region").asText());
    assertFalse(status.at("/regions/1/knowsCaller").asBoolean(), out);
    assertEquals("NO_ANSWER", status.at("/regions/1/obstacle").asText());
  }

  @Test
  void json_of_a_ledger_that_answers_has_no_obstacle() throws IOException {
    run("status", "staging", "--format", "json");

    assertTrue(new ObjectMapper().readTree(out).get("obstacle").isNull(), out);
  }

  /** What was one step from leaving a living Region, without its interlock. */
  @ParameterizedTest
  @CsvSource({
    "400, AccessDeniedException, AWS refused",
    "400, UnrecognizedClientException, AWS refused",
    "400, ExpiredTokenException, not signed in",
    "400, ThrottlingException, AWS throttles"
  })
  void region_that_says_no_is_not_left(int status, String code, String kind) {
    aws.on("us-east-2/dynamodb", Answer.fault(status, code, "as AWS says"));

    assertEquals(2, forcedFailback("staging\n"), out);

    assertTrue(err.startsWith("dr: " + kind + ": controller in us-east-2 must be paused"), err);
    assertTrue(err.contains("; nothing was changed"), err);
    assertFalse(wroteAnything());
  }

  @Test
  void missing_ledger_is_no_lost_region_either() {
    aws.on("us-east-2/dynamodb", Answer.fault(400, "ResourceNotFoundException", "no such table"));

    assertEquals(2, forcedFailback("staging\n"), out);

    assertTrue(
        err.contains("dr-ledger-staging in us-east-2 must exist, found none in the caller's"), err);
    assertFalse(wroteAnything());
  }

  @Test
  void silent_region_may_be_left_once_another_knows_the_caller() {
    aws.on("us-east-2/dynamodb", Answer.dropped()).on("us-east-2/sts", Answer.dropped());

    assertEquals(1, forcedFailback("not its name\n"), err);

    assertTrue(
        out.contains("its controller is taken for dead: nobody answers in us-east-2: "), out);
    assertTrue(err.startsWith("dr: confirmation must be \"staging\""), err);

    aws.on("us-east-1/sts", Answer.dropped());
    assertEquals(2, forcedFailback("staging\n"), out);
    assertTrue(err.startsWith("dr: no network here: controller in us-east-2 must be"), err);
    assertFalse(wroteAnything());
  }

  @Test
  void sts_of_one_region_is_enough_to_know_who_orders() {
    aws.on("us-east-2/sts", Answer.dropped());

    run("pause", "staging", "--reason", "hands off");

    assertTrue(
        aws.asked().stream()
            .anyMatch(it -> it.where().equals("us-east-2/dynamodb") && it.body().contains(ALICE)),
        err);
  }

  private boolean wroteAnything() {
    return aws.asked().stream().anyMatch(it -> it.body().contains("TransactItems"));
  }

  private int forcedFailback(String typed) {
    return runTyping(
        typed, "force", "staging", "--region", "us-east-1", "--reason", "us-east-2 is lost");
  }

  private int run(String... arguments) {
    return runTyping("", arguments);
  }

  private int runTyping(String typed, String... arguments) {
    StringWriter told = new StringWriter();
    StringWriter wrong = new StringWriter();
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    try {
      CommandLine command = CommandedRegions.commandLine(this::controller, time -> {});
      command.setOut(new PrintWriter(told, true));
      command.setErr(new PrintWriter(wrong, true));
      return command.execute(arguments);
    } finally {
      System.setIn(before);
      out = told.toString();
      err = wrong.toString();
    }
  }

  /** Each client has threads of its own. */
  @Test
  void ledger_that_is_read_each_second_needs_one_client() {
    ControllerClient controller = controller("prod", Optional.empty());

    assertSame(controller.ledger(), controller.ledger());
  }

  private ControllerClient controller(String environment, Optional<String> region) {
    return ControllerClient.at(
        access, new Project(ProjectCopy.PROJECT).environment(environment), region);
  }
}
