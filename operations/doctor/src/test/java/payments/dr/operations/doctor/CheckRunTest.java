package payments.dr.operations.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static payments.dr.operations.doctor.check.Results.assertNotOk;
import static payments.dr.operations.doctor.check.Results.assertOk;
import static payments.dr.operations.doctor.check.Verdict.NOT_ANSWERABLE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.AwsCallException;
import payments.dr.operations.aws.Obstacle;
import payments.dr.operations.aws.StandInAws;
import payments.dr.operations.aws.StandInAws.Answer;
import payments.dr.operations.doctor.account.BackupOptIn;
import payments.dr.operations.doctor.account.RegionEnabled;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What becomes of a check when AWS refuses, throttles or does not answer, by the SDK's own clients.
 */
class CheckRunTest {

  private static final String EAST = "us-east-1/ec2";
  private static final String OHIO = "us-east-2/ec2";
  private static final String BACKUP = "us-east-1/backup";
  private static final Check AWS_BACKUP = new BackupOptIn("us-east-1", "account-prod", "prod");
  private static final Answer ON =
      xml(
          200,
          "<DescribeRegionsResponse><regionInfo>"
              + region("us-east-1")
              + region("us-east-2")
              + "</regionInfo></DescribeRegionsResponse>");

  private final StandInAws standIn =
      StandInAws.start()
          .on("us-east-1/sts", Answer.caller("arn:aws:iam::123456789012:user/alice"))
          .on("us-east-2/sts", Answer.caller("arn:aws:iam::123456789012:user/alice"));
  private final List<payments.dr.operations.doctor.Answer> told = new ArrayList<>();
  private final CheckRun run =
      new CheckRun(
          new SdkClients(AwsAccess.local(standIn.endpoint(), List.of("us-east-1", "us-east-2"))),
          told::add);

  @AfterEach
  void close() {
    run.close();
    standIn.close();
  }

  @Test
  void refused_check_names_the_missing_action_and_the_others_go_on() {
    standIn
        .on(
            EAST,
            fault(
                403,
                "UnauthorizedOperation",
                "You are not authorized to perform this operation. User: alice is not authorized"
                    + " to perform: ec2:DescribeRegions because no policy allows it"))
        .on(OHIO, ON);

    run.ask(List.of(asking("us-east-1"), asking("us-east-2")));

    assertNotOk(
        NOT_ANSWERABLE,
        told.get(0).result(),
        "UnauthorizedOperation",
        "have the caller allowed ec2:DescribeRegions; --policy");
    assertOk(told.get(1).result(), "opt-in-not-required");
  }

  @Test
  void check_that_fails_itself_is_told_and_the_others_go_on() {
    standIn.on(OHIO, ON);
    Check broken =
        new Check() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public String where() {
            return "us-east-1";
          }

          @Override
          public List<Permission> permissions() {
            return List.of();
          }

          @Override
          public Result ask(Clients aws) {
            throw new NumberFormatException("For input string: \"many\"");
          }
        };

    run.ask(List.of(broken, asking("us-east-2")));

    assertNotOk(
        NOT_ANSWERABLE,
        told.get(0).result(),
        "got java.lang.NumberFormatException: For input string: \"many\"",
        "a fault of the check");
    assertOk(told.get(1).result(), "opt-in-not-required");
  }

  @Test
  void refusal_without_an_action_names_all_that_the_check_needs() {
    standIn.on(EAST, fault(403, "UnauthorizedOperation", "You may not."));

    assertNotOk(NOT_ANSWERABLE, ask(), "UnauthorizedOperation", "ec2:DescribeRegions");
  }

  @Test
  void keys_that_a_region_does_not_know_need_no_permission() {
    standIn.on(EAST, fault(403, "AuthFailure", "AWS was not able to validate the credentials"));

    assertNotOk(NOT_ANSWERABLE, ask(), "AuthFailure", "switch that Region on");
  }

  @Test
  void throttled_call_is_repeated() {
    AtomicInteger calls = new AtomicInteger();
    Answer slowDown = fault(503, "RequestLimitExceeded", "Request limit exceeded.");
    standIn.on(EAST, exchange -> (calls.incrementAndGet() < 3 ? slowDown : ON).to(exchange));

    assertOk(ask(), "opt-in-not-required");
    assertEquals(3, calls.get());
  }

  @Test
  void repetitions_end() {
    standIn.on(EAST, fault(503, "RequestLimitExceeded", "Request limit exceeded."));

    assertNotOk(NOT_ANSWERABLE, ask(), "throttling", "again in a minute");
    assertEquals(4, calls());
  }

  @Test
  void silence_of_one_region_is_told_of_that_region() {
    standIn.on(EAST, Answer.dropped());

    assertNotOk(NOT_ANSWERABLE, ask(), "us-east-1", "AWS Health");
  }

  @Test
  void call_that_this_aws_lacks_is_told_and_is_no_failure() {
    standIn.on(
        EAST,
        fault(400, "NotImplementedByEmulator", "ec2: POST /: no such call" + " at all".repeat(50)));

    Result result = ask();
    assertNotOk(NOT_ANSWERABLE, result, "NotImplementedByEmulator: ec2: POST /", "ask again");
    assertTrue(result.found().length() < 220, "a line must stay one");
  }

  @Test
  void service_without_client_here_is_asked_alike() {
    Answer settings =
        Answer.json(200, "{'ResourceTypeOptInPreference': {'Aurora': true, 'DynamoDB': true}}");
    standIn.on(
        BACKUP,
        exchange ->
            (exchange.getRequestMethod().equals("GET") ? settings : Answer.dropped()).to(exchange));

    assertOk(run.ask(AWS_BACKUP), "on for Aurora and DynamoDB");
    assertEquals("local", standIn.asked().get(0).accessKey());
  }

  @Test
  void its_refusal_names_the_missing_action() {
    standIn.on(
        BACKUP,
        Answer.json(
            403,
            "{'__type': 'com.amazon#AccessDeniedException', 'Message': 'User: alice is not"
                + " authorized to perform: backup:DescribeRegionSettings'}"));

    assertNotOk(
        NOT_ANSWERABLE,
        run.ask(AWS_BACKUP),
        "refusal of DescribeRegionSettings of backup in us-east-1",
        "allowed backup:DescribeRegionSettings; --policy");
  }

  @Test
  void its_throttled_calls_are_repeated_within_bounds() {
    standIn.on(BACKUP, Answer.fault(429, "ThrottlingException", "Rate exceeded"));

    assertNotOk(NOT_ANSWERABLE, run.ask(AWS_BACKUP), "throttling", "again in a minute");
    assertEquals(4, standIn.asked().stream().filter(asked -> asked.where().equals(BACKUP)).count());
  }

  @Test
  void its_silence_is_told_of_its_region() {
    standIn.on(BACKUP, Answer.dropped());

    assertNotOk(NOT_ANSWERABLE, run.ask(AWS_BACKUP), "us-east-1", "AWS Health");
  }

  @Test
  void expired_credentials_end_the_run() {
    standIn.on(EAST, fault(400, "ExpiredToken", "The security token is expired"));

    SdkException failed =
        assertThrows(SdkException.class, () -> run.ask(List.of(asking("us-east-1"))));

    assertEquals(Optional.of(Obstacle.NOT_SIGNED_IN), obstacle(failed));
    assertEquals(List.of(), told);
  }

  @Test
  void silence_everywhere_ends_the_run() {
    standIn
        .on(EAST, Answer.dropped())
        .on("us-east-1/sts", Answer.dropped())
        .on("us-east-2/sts", Answer.dropped());

    SdkException failed =
        assertThrows(SdkException.class, () -> run.ask(List.of(asking("us-east-1"))));

    assertEquals(
        Optional.of(Obstacle.NO_NETWORK),
        AwsCallException.in(failed).map(call -> call.diagnosis().obstacle()));
  }

  private Result ask() {
    return run.ask(asking("us-east-1"));
  }

  /** Of the same Region, so that the one that is asked tells. */
  private static Check asking(String region) {
    return new RegionEnabled(region, region);
  }

  private long calls() {
    return standIn.asked().stream().filter(asked -> asked.where().equals(EAST)).count();
  }

  private static Optional<Obstacle> obstacle(SdkException failed) {
    return AwsCallException.in(failed).map(AwsCallException::obstacle);
  }

  private static String region(String name) {
    return "<item><regionName>%s</regionName><optInStatus>opt-in-not-required</optInStatus></item>"
        .formatted(name);
  }

  /** As EC2 tells a fault. */
  private static Answer fault(int status, String code, String message) {
    return xml(
        status,
        "<Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors></Response>"
            .formatted(code, message));
  }

  private static Answer xml(int status, String body) {
    return Answer.of(status, "text/xml", body);
  }
}
