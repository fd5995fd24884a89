package payments.dr.operations.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.lambda.model.EngineVersions;
import payments.dr.lambda.model.Health;
import payments.dr.ledger.DataRecord;
import payments.dr.operations.controller.Trail;

class StatusCommandTest {

  private static final Duration SECONDS = Duration.ofSeconds(61);

  private final CommandedRegions world = new CommandedRegions();

  @Test
  void steady_controller_is_told_whole() {
    world.pass(SECONDS);

    assertEquals(0, world.run("", "status", "staging"));

    assertEquals(
        """
        phase      STEADY since the first tick
        why        never ran before
        controller ticked 1 s ago, version 13, incident -; mode OBSERVE by staging.yaml
        votes      EXTERNAL UP, PEER UP, DR ready UP
        database   v2 written in PRIMARY, IDLE; heartbeat 2 s old; the other Region follows 300 ms behind
        engine     17.7 in both Regions
        loss       2 s if it failed over now, estimated
        traffic    latch ABSENT in us-east-1, ABSENT in us-east-2; DNS answers PRIMARY; a payment does not commit in DR
        fence      no writer is known to be told to stop
        cool-down  none
        pause      none
        order      none yet
        data       v2 in us-east-1, STEADY since 2026-11-25T03:00:00Z
        budget     210 s of 300 s to serve again in the worst case: ./dr recovery-budget staging
        allowed    ./dr force staging, ./dr switchover staging
        """,
        world.out);
  }

  @Test
  void json_says_the_same() throws IOException {
    world.pass(SECONDS);
    world.external = Health.DOWN;
    world.pass(Duration.ofSeconds(10));
    world.run("", "pause", "staging", "--reason", "drill");

    assertEquals(3, world.run("", "status", "staging", "--format", "json"));

    JsonNode status = new ObjectMapper().readTree(world.out);
    assertEquals(3, status.path("exitCode").asInt());
    assertEquals("SUSPECT", status.path("phase").asText());
    assertEquals("DOWN", status.at("/votes/external").asText());
    assertTrue(status.at("/database/heartbeatAt").isNull(), "no heartbeat is null, not a number");
    assertEquals(300, status.at("/database/replicaLagMillis").asInt());
    assertEquals("drill", status.at("/pause/reason").asText());
    assertEquals(300, status.at("/budget/targetSeconds").asInt());
    assertEquals("[\"ABORT\"]", status.path("allowed").toString());
    assertEquals(2, status.path("attention").size(), world.out);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void unequal_engine_versions_want_attention_whichever_region_writes(boolean moved)
      throws IOException {
    world.pass(SECONDS);
    if (moved) {
      world.run("staging\n", "force", "staging", "--reason", "drill");
    }
    world.versions = new EngineVersions("17.7", "17.8");
    world.pass(SECONDS);
    String unequal =
        "engine versions must be equal, got 17.7 in the primary Region and 17.8 in the DR Region";

    assertEquals(3, world.run("", "status", "staging"));

    assertTrue(
        attention().contains("ATTENTION  " + unequal + ": Aurora moves no writer until they are"),
        world.out);
    assertTrue(world.out.contains("engine     " + unequal), world.out);
    assertFalse(world.out.contains("./dr switchover staging"), world.out);
    assertFalse(world.out.contains("./dr failback staging"), world.out);
    world.run("", "status", "staging", "--format", "json");
    JsonNode database = new ObjectMapper().readTree(world.out).path("database");
    assertEquals("17.7", database.path("primaryEngineVersion").asText());
    assertEquals("17.8", database.path("drEngineVersion").asText());
  }

  @Test
  void primary_region_that_could_not_take_over_wants_attention_until_it_follows()
      throws IOException {
    world.pass(SECONDS);
    world.run("staging\n", "force", "staging", "--reason", "drill");
    world.otherFollows = false;
    world.pass(SECONDS);
    assertEquals(
        "us-east-1 could NOT take over if us-east-2 were lost: it does not follow yet", standby());
    String told = standby();
    assertTrue(attention().contains("ATTENTION  " + told), world.out);
    assertEquals("it does not follow yet", standbyInJson().path("obstacle").asText());

    world.otherFollows = true;
    world.replicaLag = null;
    world.pass(SECONDS);
    assertTrue(standby().endsWith("lost: nobody saw how far it is behind"), world.out);

    world.replicaLag = Duration.ofSeconds(58);
    world.pass(SECONDS);
    assertTrue(standby().endsWith("lost: it must be at most 57 s behind, got 58 s"), world.out);

    world.replicaLag = Duration.ofSeconds(57);
    world.versions = new EngineVersions("17.7", "17.8");
    world.pass(SECONDS);
    assertTrue(standby().endsWith("17.8 in the DR Region"), world.out);

    world.versions = new EngineVersions("17.7", "17.7");
    world.pass(SECONDS);
    assertEquals(
        "us-east-1 could take over if us-east-2 were lost, by ./dr force staging --region us-east-1",
        standby());
    assertEquals(List.of("ATTENTION  phase is FAILED_OVER, not STEADY"), attention());
    assertTrue(standbyInJson().path("couldTakeOver").asBoolean());
    assertTrue(standbyInJson().path("obstacle").isNull(), world.out);
  }

  private String standby() {
    world.run("", "status", "staging");
    return world
        .out
        .lines()
        .filter(line -> line.startsWith("standby"))
        .findFirst()
        .orElseThrow()
        .substring("standby    ".length());
  }

  private JsonNode standbyInJson() throws IOException {
    world.run("", "status", "staging", "--format", "json");
    JsonNode standby = new ObjectMapper().readTree(world.out).path("standby");
    assertEquals("us-east-1", standby.path("region").asText());
    return standby;
  }

  @Test
  void silent_controller_is_told_loudly() {
    world.pass(SECONDS);
    world.controllerLives = false;
    world.pass(Duration.ofSeconds(179));
    assertEquals(0, world.run("", "status", "staging"));
    world.pass(Duration.ofSeconds(1));

    assertEquals(3, world.run("", "status", "staging"));

    assertEquals(
        List.of(
            "ATTENTION  CONTROLLER SILENT for 3 min 1 s: it fails nothing over, and takes no order"),
        attention());
  }

  @Test
  void environment_without_a_controller_says_so() {
    assertEquals(3, world.run("", "status", "staging"));

    assertEquals(
        List.of(
            "ATTENTION  NO CONTROLLER ever ran here: nothing fails over, and nobody takes an order"),
        attention());
  }

  @Test
  void cutover_that_a_failover_cut_short_is_pointed_out() {
    world.pass(SECONDS);
    DataRecord data = DataRecord.read(world.ledger).orElseThrow();
    world.ledger.write(
        List.of(data.begin(new DataRecord.Cutover("v1-v2", "v1", "0a"), world.instant())));
    world.run("staging\n", "force", "staging", "--reason", "payments fail");
    world.pass(SECONDS);

    world.run("", "status", "staging");

    assertEquals(
        List.of(
            "ATTENTION  phase is FAILED_OVER, not STEADY",
            "ATTENTION  a cutover was cut short: if logins of v2 are closed, ./dr database open"
                + " staging"),
        attention());
  }

  @Test
  void missing_row_is_a_gap_for_the_audit() {
    world.pass(SECONDS);
    world.run("staging\n", "switchover", "staging", "--reason", "drill");
    world.pass(SECONDS);
    assertEquals(0, world.run("", "audit", "staging"));
    Trail.Line second = Trail.read(world.ledger).lines().get(2);

    world.hide("control", 1);
    world.hide(second.incident(), second.version());

    assertEquals(3, world.run("", "audit", "staging"));
    String row = "row " + second.incident() + "/";
    assertEquals(
        List.of(
            "GAP %s%d must be there, since %s%d names it, found none"
                .formatted(row, second.version(), row, second.version() + 1),
            "GAP row control/1 must be there, found none"),
        world.out.lines().filter(line -> line.startsWith("GAP")).toList());
  }

  @Test
  void audit_of_one_incident_tells_its_orders_and_no_others() {
    world.pass(SECONDS);
    world.run("staging\n", "switchover", "staging", "--reason", "the first");
    world.pass(SECONDS.multipliedBy(12));
    world.run("staging\n", "failback", "staging", "--reason", "and back");
    world.pass(SECONDS.multipliedBy(12));
    world.run("staging\n", "force", "staging", "--reason", "the second");
    world.pass(SECONDS);
    List<Trail.Line> lines = Trail.read(world.ledger).lines();

    String first = lines.get(0).incident();
    assertEquals(0, world.run("", "audit", "staging", first.substring(0, 8)));
    assertEquals(List.of("SWITCHOVER: the first", "FAILBACK: and back"), orders());

    String second = lines.get(lines.size() - 1).incident();
    assertEquals(0, world.run("", "audit", "staging", second.substring(0, 8)));
    assertEquals(List.of("FORCE: the second"), orders());

    assertEquals(1, world.run("", "audit", "staging", "nothing"));
    assertEquals(
        "dr: incident must begin one id of the trail, got \"nothing\", which begins 0: see ./dr"
            + " audit ENV",
        world.err.strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "pause",
        "resume",
        "approve",
        "force",
        "abort",
        "switchover",
        "failback",
        "audit"
      })
  void every_command_explains_itself(String command) {
    assertEquals(0, world.run("", command, "--help"));
    assertTrue(world.out.contains("Example"), world.out);
    assertTrue(world.out.contains("Exit codes:"), world.out);
    assertEquals(1, world.run("", command, "nowhere"));
    assertTrue(world.err.startsWith("dr: environment must be one of dev, local"), world.err);
  }

  private List<String> orders() {
    return world
        .out
        .lines()
        .filter(line -> line.contains("  human  "))
        .map(line -> line.replaceAll(".* \\d+  (.*) \\[.*", "$1"))
        .toList();
  }

  private List<String> attention() {
    return world.out.lines().filter(line -> line.startsWith("ATTENTION")).toList();
  }
}
