package payments.dr.lambda.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.lambda.aws.GlobalClusterAnswer;
import payments.dr.lambda.aws.JsonLog;
import payments.dr.lambda.aws.StandInAws;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.Authority;
import payments.dr.lambda.model.EngineVersions;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Memory;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;
import payments.dr.lambda.port.Act;
import payments.dr.lambda.port.Decision;
import payments.dr.lambda.port.PortException;
import payments.dr.lambda.port.WriterLease;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerException;
import payments.dr.ledger.LedgerKey;

/** Which Region each adapter asks, wherever the function stands. */
class WiringTest {

  private static final LedgerKey KEY = LedgerKey.of("X");
  private static final String TABLE = "\"TableName\":\"%s\"";

  private static final Observation SEEN =
      new Observation(
          Health.DOWN,
          Health.DOWN,
          Health.UP,
          "v1",
          new Observation.Database(
              Site.PRIMARY, Activity.IDLE, null, true, null, EngineVersions.UNSEEN),
          new Observation.Traffic(Presence.ABSENT, Presence.ABSENT, Site.PRIMARY, false),
          new LeaseReading.Unproven(false));

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private static final Map<String, String> MAJORITY =
      Map.of(
          "LEASE_GRADE", "majority",
          "WITNESS_REGION", "us-west-2",
          "WITNESS_TABLE", "payments-dr-witness-ledger-prod");

  private StandInAws aws;

  @BeforeEach
  void start() throws IOException {
    aws =
        StandInAws.start()
            .answers("GetItem", "{}")
            .answers("TransactWriteItems", "{}")
            .answers("Publish", "<PublishResponse/>")
            .answers("PutEvents", "{\"FailedEntryCount\":0}")
            .answers("PutMetricData", "\u00a0")
            .answers("DescribeGlobalClusters", new GlobalClusterAnswer().xml());
  }

  /**
   * The first calls load the SDK's classes, which may take longer on a busy machine than a call may
   * take that is meant for a Region that may be dark.
   */
  @BeforeAll
  static void loadClasses() throws IOException {
    WiringTest test = new WiringTest();
    test.start();
    test.wiring("dr").lease().read();
    test.wiring("dr").probes().look("v1", new LeaseReading.Unread());
    test.stop();
  }

  @AfterEach
  void stop() {
    aws.close();
    threads.shutdownNow();
  }

  /** The entry stops the applications that read it: those of the Region that is fenced. */
  @ParameterizedTest
  @ValueSource(strings = {"primary", "dr"})
  void fence_is_read_and_written_in_the_ledger_of_the_region_that_is_fenced(String role) {
    wiring(role).lease().read();
    wiring(role).lease().take(Incident.NONE);
    wiring(role).lease().release();

    for (String operation : List.of("GetItem", "TransactWriteItems")) {
      for (StandInAws.Call call : aws.calls(operation)) {
        assertEquals("us-east-1", call.region());
        assertTrue(call.body().contains(TABLE.formatted("primary-ledger-prod")), call::body);
      }
    }
    assertEquals(2, aws.calls("TransactWriteItems").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"primary", "dr"})
  void majority_is_of_both_ledgers_and_the_witness(String role) {
    Wiring wiring = wiring(role, MAJORITY);

    wiring.lease().read();

    Map<String, String> tables =
        Map.of(
            "us-east-1", "primary-ledger-prod",
            "us-east-2", "dr-ledger-prod",
            "us-west-2", "payments-dr-witness-ledger-prod");
    Set<String> asked = new TreeSet<>();
    for (StandInAws.Call call : aws.calls("GetItem")) {
      assertTrue(call.body().contains(TABLE.formatted(tables.get(call.region()))), call::body);
      if (call.body().contains("LEASE")) {
        asked.add(call.region());
      }
    }
    assertEquals(tables.keySet(), asked);
  }

  @Test
  void without_a_lease_nobody_is_asked_to_stop() {
    WriterLease none = wiring("dr", Map.of("LEASE_GRADE", "none")).lease();

    none.take(Incident.NONE);

    assertEquals(List.of(), aws.calls("TransactWriteItems"));
  }

  @Test
  void fence_in_a_dark_region_is_not_waited_for_twice() {
    aws.lose("us-east-1");

    assertEquals(new LeaseReading.Unproven(false), wiring("dr").lease().read());

    assertEquals(1, aws.calls("GetItem").size());
  }

  @ParameterizedTest
  @CsvSource({"primary,us-east-1,primary-ledger-prod", "dr,us-east-2,dr-ledger-prod"})
  void controller_keeps_its_state_in_its_own_region(String role, String region, String table) {
    wiring(role).ownLedger().read(KEY);
    wiring(role).exportedLedger().read(KEY);

    for (StandInAws.Call call : aws.calls("GetItem")) {
      assertEquals(region, call.region());
      assertTrue(call.body().contains(TABLE.formatted(table)), call::body);
    }
    assertEquals(2, aws.calls("GetItem").size());
  }

  @Test
  void ledger_that_a_tick_needs_is_asked_more_often_than_one_that_is_asked_again_later() {
    aws.lose("us-east-2");
    Ledger own = wiring("dr").ownLedger();
    Ledger exported = wiring("dr").exportedLedger();

    assertThrows(LedgerException.class, () -> own.read(KEY));
    assertEquals(3, aws.calls("GetItem").size());
    assertThrows(LedgerException.class, () -> exported.read(KEY));
    assertEquals(5, aws.calls("GetItem").size());
  }

  @Test
  void only_the_primary_region_watches_the_controller_of_the_other_one() {
    assertEquals(Optional.empty(), wiring("dr").drLedger());

    wiring("primary").drLedger().orElseThrow().read(KEY);

    assertEquals("us-east-2", aws.call("GetItem").region());
    assertTrue(aws.call("GetItem").body().contains(TABLE.formatted("dr-ledger-prod")));
  }

  @ParameterizedTest
  @CsvSource({"primary,us-east-1", "dr,us-east-2"})
  void audit_rows_metrics_and_events_stay_in_the_own_region(String role, String region) {
    String object = "PUT /dr-audit-prod/audit/i/0000000001.json";
    aws.answers(object, 200);

    wiring(role).archive().keep("i", 1, Map.of());
    wiring(role).metrics().put(List.of(wiring(role).metrics().count("Ticks", 1)));
    tell(wiring(role));

    assertEquals(region, aws.call(object).region());
    assertEquals(region, awaited("PutEvents").get(0).region());
    assertEquals(Set.of(region), regions(aws.calls("PutMetricData")));
    assertTrue(aws.calls("PutMetricData").get(0).body().contains("prod"));
  }

  @Test
  void people_are_told_in_both_regions() {
    tell(wiring("dr"));

    Map<String, String> topics = new HashMap<>();
    while (topics.size() < 2) {
      for (StandInAws.Call call : awaited("Publish")) {
        topics.put(call.region(), call.parameters().get("TopicArn"));
      }
    }
    assertEquals(
        Map.of(
            "us-east-1", "arn:aws:sns:us-east-1:123456789012:primary-topic-prod",
            "us-east-2", "arn:aws:sns:us-east-2:123456789012:dr-topic-prod"),
        topics);
  }

  @ParameterizedTest
  @ValueSource(strings = {"primary", "dr"})
  void route_is_held_by_an_object_in_each_region(String role) {
    String primary = "PUT /primary-latch-prod/latch/dr-active";
    String dr = "PUT /dr-latch-prod/latch/dr-active";
    String primaryHold = "PUT /primary-latch-prod/latch/dr-held";
    String drHold = "PUT /dr-latch-prod/latch/dr-held";
    aws.answers(primary, 200).answers(dr, 200).answers(primaryHold, 200).answers(drHold, 200);

    wiring(role).actuators().latch();

    assertEquals("us-east-1", aws.call(primary).region());
    assertEquals("us-east-2", aws.call(dr).region());
    assertEquals("us-east-1", aws.call(primaryHold).region());
    assertEquals("us-east-2", aws.call(drHold).region());
  }

  @Test
  void machines_are_those_of_the_dr_region() {
    wiring("primary").actuators().raiseCapacity();

    StandInAws.Call call = aws.call("DescribeAutoScalingGroups");
    assertEquals("us-east-2", call.region());
    assertEquals("dr-asg-prod", call.parameters().get("AutoScalingGroupNames.member.1"));
  }

  @ParameterizedTest
  @CsvSource({"primary,us-east-1,us-east-1", "dr,us-east-2,us-east-2"})
  void cluster_is_looked_up_in_the_own_region_and_moved_from_the_one_that_is_to_write(
      String role, String own, String writer) {
    aws.answers("FailoverGlobalCluster", "<FailoverGlobalClusterResponse/>");
    Incident incident =
        Incident.open(
            "prod", "v2", Site.PRIMARY, 1, Promotion.FAILOVER, Authority.HUMAN, Instant.EPOCH);

    if (role.equals("dr")) {
      wiring(role).actuators().promoteDr(incident, () -> {});
    } else {
      wiring(role).actuators().forcePrimary(incident, () -> {});
    }

    assertEquals(own, aws.call("DescribeGlobalClusters").region());
    assertEquals(writer, aws.call("FailoverGlobalCluster").region());
    assertEquals(
        "global-db-v2-prod",
        aws.call("FailoverGlobalCluster").parameters().get("GlobalClusterIdentifier"));
  }

  /** RDS would refuse the second of two calls whose first answer was lost. */
  @Test
  void writer_is_moved_by_one_call_alone() {
    aws.answers("FailoverGlobalCluster", 500);
    Incident incident =
        Incident.open(
            "prod", "v1", Site.PRIMARY, 1, Promotion.FAILOVER, Authority.HUMAN, Instant.EPOCH);

    assertThrows(PortException.class, () -> wiring("dr").actuators().promoteDr(incident, () -> {}));

    assertEquals(1, aws.calls("FailoverGlobalCluster").size());
  }

  @Test
  void look_asks_each_region_for_what_is_its_own() {
    Observation seen = wiring("dr").probes().look("v1", new LeaseReading.Unread());

    assertEquals(Site.PRIMARY, seen.database().writer());
    assertEquals(Set.of("us-east-2"), regions(aws.calls("DescribeTargetHealth")));
    assertEquals(
        Set.of("us-east-1"), regions(aws.calls("HEAD /primary-latch-prod/latch/dr-active")));
    assertEquals(Set.of("us-east-2"), regions(aws.calls("HEAD /dr-latch-prod/latch/dr-active")));
    Function<StandInAws.Call, String> versionOf =
        call -> call.region() + " " + call.parameters().get("DBClusterIdentifier");
    assertEquals(
        new TreeSet<>(Set.of("us-east-1 db", "us-east-2 db")),
        aws.calls("DescribeDBClusters").stream()
            .map(versionOf)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void heartbeat_that_reaches_no_database_counts_none() {
    var heartbeat = wiring("dr").heartbeat();

    heartbeat.run();

    assertEquals(0, heartbeat.takeBeats());
  }

  private Wiring wiring(String role) {
    return wiring(role, Map.of());
  }

  private Wiring wiring(String role, Map<String, String> others) {
    String nobody = "v1=127.0.0.1,v2=127.0.0.1";
    Map<String, String> variables = new HashMap<>(others);
    variables.putAll(
        Map.of(
            "REGION_ROLE", role,
            "DATABASE_HOSTS", nobody,
            "DATABASE_WRITER_HOSTS", nobody,
            "DATABASE_PORT", "v1=1,v2=1",
            "ZONE_NAME_SERVERS", "127.0.0.1:1",
            "PRIMARY_PROBE_URL", "http://127.0.0.1:1/",
            "DR_PROBE_URL", "http://127.0.0.1:1/"));
    return new Wiring(
        FunctionConfiguration.of(TestVariables.with(variables)),
        aws.clients(),
        threads,
        new JsonLog(new PrintStream(PrintStream.nullOutputStream()), InstantSource.system()));
  }

  private static void tell(Wiring wiring) {
    State from = State.INITIAL;
    State to =
        new State(
            1, Phase.SUSPECT, Instant.EPOCH, Incident.NONE, Memory.EMPTY, Instant.EPOCH, "", "");
    wiring.notifier().tell(from, new Decision(to, new Act.Nothing()), SEEN);
  }

  /** Channels are told beside the tick. */
  private List<StandInAws.Call> awaited(String operation) {
    Instant limit = Instant.now().plusSeconds(20);
    while (aws.calls(operation).isEmpty()) {
      assertTrue(Instant.now().isBefore(limit), () -> operation + " must come, got " + aws.asked());
      Thread.onSpinWait();
    }
    return aws.calls(operation);
  }

  private static Set<String> regions(List<StandInAws.Call> calls) {
    return calls.stream().map(StandInAws.Call::region).collect(Collectors.toSet());
  }
}
