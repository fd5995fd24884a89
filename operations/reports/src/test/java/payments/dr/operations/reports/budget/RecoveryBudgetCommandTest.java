package payments.dr.operations.reports.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.operations.commandline.SomeCommands;
import payments.dr.testing.ProjectCopy;
import picocli.CommandLine;

/** On copies of prod's files and nothing else: no synthesized stack, no access to AWS. */
class RecoveryBudgetCommandTest {

  private static final String ROOT = "payments.dr.root";
  private static final String PROD = "main/environments/prod.yaml";
  private static final String MEASURED = "main/measurements/prod.yaml";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path root;
  private String rootBefore;

  @BeforeEach
  void copyProd() throws IOException {
    rootBefore = System.setProperty(ROOT, root.toString());
    for (String file : List.of(PROD, "main/accounts/prod.yaml")) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.copy(ProjectCopy.PROJECT.resolve(file), root.resolve(file));
    }
  }

  @AfterEach
  void restoreRoot() {
    if (rootBefore == null) {
      System.clearProperty(ROOT);
    } else {
      System.setProperty(ROOT, rootBefore);
    }
  }

  @Test
  void budget_of_prod_is_kept() {
    assertEquals(0, run("prod"));
    assertEquals("", err.toString());
    assertEquals(
        """
        Worst case of a failover of prod

          detect                   47 s  assumed     failover.healthCheckIntervalSeconds; \
        failover.healthCheckFailureThreshold; checker-aggregation
          notice the fault          5 s  assumed     tick
          confirm                  25 s  assumed     failover.confirmSeconds; tick
          start the controller      3 s  assumed     controller-start
          approve                   0 s  configured  failover.mode
          stop old writes          10 s  assumed     cap of the controller; failover.lease; tick
          promote                 120 s  assumed     promote
          wait for customers        0 s  assumed     under-way; tick; latch-put; latch-set; \
        dns.recordTtlSeconds; reconnect
          in all                  210 s
          target                  300 s  configured  failover.rtoTargetSeconds

        time     kept, 90 s to spare
        other    210 s while the primary Region's load balancer answers
        most     promote 120 s, detect 47 s, confirm 25 s
        loss     57 s of committed payments, target 60 s; an estimate, no guarantee (the \
        controller's guard before it promotes)
        planned  at most 130 s without payments in a switchover or a fail-back, RDS's 120 s among \
        them
        back     for up to 186 s after a way back by hand or by force customers still reach the DR \
        Region
        mode     observe: nothing fails over by itself; the time is that of mode auto

        Assumed until main/measurements/prod.yaml has measurements:
          checker-aggregation    5 s  from the last failed probe to DNS's answer
          tick                   5 s  between two looks of the controller
          controller-start       3 s  from a wake-up to the first look
          promote              120 s  from the order to a writer in the DR Region; AWS promises no \
        figure
          under-way             10 s  from the order until RDS shows the failover as begun
          latch-put              1 s  to write the latch object
          latch-set             15 s  from the latch object to DNS's answer: one probe, and 5 s \
        until the checkers agree
          latch-reset          100 s  from the removal of both latch objects to DNS's answer, at a \
        fail-back
          reconnect             15 s  from DNS's answer until clients have left their old connections
        """,
        out.toString());
  }

  @Test
  void missed_budget_says_what_to_change() throws IOException {
    configure("failover: {mode: approval}");

    assertEquals(3, run("prod"));
    assertTrue(
        out.toString().contains("\n  approve                 300 s  assumed     approval\n"));
    assertTrue(out.toString().contains("\ntime     210 s too long\n"), out.toString());
    assertTrue(out.toString().contains("\nmode     approval: the controller asks first\n"));
    assertTrue(
        out.toString()
            .contains(
                "\nrefused  main/environments/prod.yaml: failover.rtoTargetSeconds must be at least"
                    + " 510, got 300: "),
        out.toString());
  }

  /** Within the time, but no machine would ever act on it. */
  @Test
  void budget_that_keeps_the_time_can_break_the_modes_own_rules() throws IOException {
    configure(
        "failover: {mode: auto, probePath: /deep, healthCheckIntervalSeconds: 30,"
            + " rtoTargetSeconds: 400}");

    assertEquals(3, run("prod"));
    assertTrue(out.toString().contains("\ntime     kept, 130 s to spare\n"), out.toString());
    assertTrue(
        out.toString().contains("prod.yaml: failover.healthCheckIntervalSeconds and"),
        out.toString());
  }

  @Test
  void json_says_the_same() throws IOException {
    measure("2020-01-02");
    configure("databases: {v2: {rpoBoundSeconds: 20}}");

    assertEquals(3, run("prod", "--format", "json"));
    JsonNode report = json();
    assertEquals("prod", report.path("environment").asText());
    assertEquals("observe", report.path("mode").asText());
    assertEquals(false, report.path("kept").asBoolean(true));
    assertEquals(310, report.at("/time/darkSeconds").asInt());
    assertEquals(310, report.at("/time/seconds").asInt());
    assertEquals(300, report.at("/time/targetSeconds").asInt());
    assertEquals(8, report.at("/time/terms").size());
    assertEquals(
        "{\"name\":\"promote\",\"seconds\":220,\"basis\":\"measured\",\"source\":\"promote of"
            + " 2020-01-02\"}",
        report.at("/time/terms/6").toString());
    assertEquals("promote", report.at("/time/largest/0/name").asText());
    assertEquals(
        "{\"seconds\":20,\"targetSeconds\":60,\"kind\":\"bound\",\"source\":"
            + "\"databases.v2.rpoBoundSeconds\"}",
        report.path("loss").toString());
    assertEquals(230, report.path("plannedSeconds").asInt());
    assertEquals(186, report.path("failbackSeconds").asInt());
    assertEquals(
        "[\"checker-aggregation\",\"tick\",\"controller-start\",\"under-way\",\"latch-put\",\"latch-set\","
            + "\"latch-reset\",\"reconnect\"]",
        report.path("assumed").toString());
    assertEquals("failover.rtoTargetSeconds", report.at("/faults/0/key").asText());
    assertEquals(1, report.path("warnings").size());
  }

  @Test
  void old_measurement_is_told_beside_the_answer() throws IOException {
    measure("2020-01-02");

    run("prod");
    assertTrue(
        err.toString()
            .startsWith(
                "dr: warning: main/measurements/prod.yaml: promote must be measured within 90 days,"
                    + " got 2020-01-02, "),
        err.toString());
  }

  @Test
  void fresh_measurement_is_not() throws IOException {
    measure(LocalDate.now(ZoneOffset.UTC).toString());

    run("prod");
    assertEquals("", err.toString());
  }

  @Test
  void measurement_of_another_account_is_bad_input() throws IOException {
    measure("2020-01-02");
    Files.writeString(
        root.resolve(MEASURED),
        Files.readString(root.resolve(MEASURED)).replace("222222222222", "111111111111"));

    assertEquals(1, run("prod"));
    assertEquals(
        "dr: main/measurements/prod.yaml: account must be \"222222222222\", where alone these"
            + " figures count, got \"111111111111\"\n",
        err.toString());
  }

  @Test
  void unknown_environment_is_bad_input() {
    assertEquals(1, run("prd"));
    assertEquals("dr: environment must be one of prod, got \"prd\"\n", err.toString());
  }

  private void configure(String group) throws IOException {
    Path file = root.resolve(PROD);
    Files.writeString(file, Files.readString(file) + group + "\n");
  }

  private void measure(String date) throws IOException {
    Path file = root.resolve(MEASURED);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        environment: prod
        account: "222222222222"
        kind: aws
        figures:
          - {figure: promote, seconds: 220, date: %s}
        """
            .formatted(date));
  }

  private JsonNode json() throws JsonProcessingException {
    return new ObjectMapper().readTree(out.toString());
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "recovery-budget";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    CommandLine command = SomeCommands.of(RecoveryBudgetCommand.class);
    command.setErr(new PrintWriter(err, true));
    command.setOut(new PrintWriter(out, true));
    return command.execute(all);
  }
}
