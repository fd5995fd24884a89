package payments.dr.operations.cli.adapters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.lambda.orders.ControlRecord;
import payments.dr.lambda.orders.Request;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.DynamoDbLedger;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;
import payments.dr.operations.ledger.LedgerTable;
import payments.dr.testing.ProjectCopy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The jar that AWS Lambda gets, and the handler in it. */
class FunctionJarIT {

  private static final Path JAR =
      ProjectCopy.PROJECT.resolve("lambda/target/failover-function.jar");
  private static final Path RUNNER =
      ProjectCopy.PROJECT.resolve("emulator/local_aws/java/HandlerRunner.java");
  private static final String HANDLER = "payments.dr.lambda.handler.FailoverHandler::handleRequest";
  private static final String TABLE = "dr-ledger-it";
  private static final String AUDIT = "dr-audit-it";
  private static final int JAVA_17 = 61;

  /** As the root pom has it; nothing of ours carries another. */
  private static final Instant STAMP = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path home;

  @Test
  void it_holds_each_file_once_and_nothing_that_only_fits_another_jar() throws IOException {
    Set<String> names = new HashSet<>();
    for (JarEntry entry : entries()) {
      String name = entry.getName();
      assertTrue(names.add(name), name + " is there twice");
      assertTrue(!name.matches("META-INF/.*\\.(SF|RSA|DSA)"), name);
      assertTrue(!name.startsWith("META-INF/versions/"), name);
      assertTrue(!name.endsWith("module-info.class"), name);
    }
    assertTrue(names.contains("META-INF/services/java.sql.Driver"));
    assertTrue(names.contains("META-INF/services/software.amazon.awssdk.http.SdkHttpService"));
    // It would make dnsjava resolve every name of the function.
    assertTrue(!names.contains("META-INF/services/java.net.spi.InetAddressResolverProvider"));
  }

  /** Without them no database of that Region could be verified. */
  @Test
  void it_holds_the_roots_of_both_regions_databases_and_their_licence() throws IOException {
    List<String> roots =
        entries().stream()
            .map(JarEntry::getName)
            .filter(name -> name.matches("payments/dr/lambda/aws/roots/.+"))
            .toList();

    for (String file : List.of(TwoRegions.PRIMARY + ".pem", TwoRegions.DR + ".pem", "LICENSE")) {
      assertTrue(roots.contains("payments/dr/lambda/aws/roots/" + file), roots::toString);
    }
  }

  /**
   * Unpacked and zipped it must stay below 250 and 50 MB; more than this is a dependency too many.
   */
  @Test
  void it_is_small_enough_for_aws_lambda() throws IOException {
    assertTrue(Files.size(JAR) < 40_000_000, "" + Files.size(JAR));
    assertTrue(entries().stream().mapToLong(JarEntry::getSize).sum() < 120_000_000);
  }

  @Test
  void every_class_runs_on_java_17() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      for (JarEntry entry : entries()) {
        if (entry.getName().endsWith(".class")) {
          try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
            in.skipNBytes(6);
            int version = in.readUnsignedShort();
            assertTrue(version <= JAVA_17, entry.getName() + " is of class version " + version);
          }
        }
      }
    }
  }

  @Test
  void nothing_of_ours_carries_the_time_of_the_build() throws IOException {
    List<JarEntry> ours =
        entries().stream()
            .filter(entry -> entry.getName().startsWith("payments/") && !entry.isDirectory())
            .toList();

    assertTrue(ours.size() > 50, "" + ours.size());
    for (JarEntry entry : ours) {
      assertEquals(STAMP, entry.getTimeLocal().toInstant(ZoneOffset.UTC), entry.getName());
    }
  }

  @Test
  void a_function_without_its_variables_says_all_that_it_misses() throws Exception {
    Process function = start(Map.of(), home.resolve("log"));

    assertEquals(1, function.waitFor());
    String said = Files.readString(home.resolve("log"));
    assertTrue(said.contains("DR_LEDGER_TABLE must be set, got nothing"), said);
    assertTrue(said.contains("MODE must be one of AUTO, APPROVAL, OBSERVE, got nothing"), said);
  }

  @Test
  void the_handler_ticks_against_a_local_aws() throws Exception {
    try (TwoRegions regions = TwoRegions.start(home.resolve("aws"))) {
      DynamoDbClient client = regions.client(DynamoDbClient.builder(), TwoRegions.DR);
      LedgerTable.create(client, TABLE);
      Ledger ledger = new DynamoDbLedger(client, TABLE);
      S3Client s3 = regions.lockedBucket(TwoRegions.DR, AUDIT);
      Map<String, String> variables = variables(regions);
      Path log = home.resolve("log");
      Process function = start(variables, log);
      try {
        await(log, "where the data is must be on record", function);
        ledger.write(List.of(DataRecord.first("v1", TwoRegions.PRIMARY, Instant.now())));

        LedgerEntry state = awaitState(ledger, log, function);

        assertEquals("STEADY", state.values().get("phase"));
        assertEquals("UNKNOWN", state.values().get("seen.external"));
        assertEquals("v1", state.values().get("seen.generation"));
        ledger.write(
            ControlRecord.read(ledger).pause(new Request("alice", "drill", Instant.now())));
        awaitObject(s3, "audit/control/0000000001.json", log, function);
      } finally {
        function.destroyForcibly().waitFor();
      }
    }
  }

  private static List<JarEntry> entries() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile());
        Stream<JarEntry> entries = jar.stream()) {
      return entries.toList();
    }
  }

  /** Runs the handler as the local AWS does, with nothing but the jar on its class path. */
  private static Process start(Map<String, String> variables, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            JAR.toString(),
            RUNNER.toString(),
            HANDLER);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(variables);
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    return process;
  }

  private static LedgerEntry awaitState(Ledger ledger, Path log, Process function)
      throws Exception {
    Instant limit = Instant.now().plus(Duration.ofSeconds(90));
    while (true) {
      var state = ledger.read(LedgerKey.of("FAILOVER")).filter(entry -> entry.version() >= 2);
      if (state.isPresent()) {
        return state.get();
      }
      assertTrue(
          function.isAlive() && Instant.now().isBefore(limit),
          () -> "two ticks must be on record; the function's log: " + read(log));
      Thread.sleep(200);
    }
  }

  private static void awaitObject(S3Client s3, String key, Path log, Process function)
      throws Exception {
    Instant limit = Instant.now().plus(Duration.ofSeconds(60));
    while (s3.listObjectsV2(request -> request.bucket(AUDIT)).contents().stream()
        .noneMatch(object -> object.key().equals(key))) {
      assertTrue(
          function.isAlive() && Instant.now().isBefore(limit),
          () -> key + " must be exported; the function's log: " + read(log));
      Thread.sleep(200);
    }
  }

  private static void await(Path log, String wanted, Process function) throws Exception {
    Instant limit = Instant.now().plus(Duration.ofSeconds(90));
    while (!read(log).contains(wanted)) {
      assertTrue(
          function.isAlive() && Instant.now().isBefore(limit),
          () -> "log must say \"" + wanted + "\", got: " + read(log));
      Thread.sleep(200);
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Of a function whose world is empty but for its ledger: all it can do is not know. */
  private static Map<String, String> variables(TwoRegions regions) {
    Map<String, String> variables = new TreeMap<>();
    variables.put("AWS_ENDPOINT_URL", regions.local().endpoint());
    variables.put("AWS_ACCESS_KEY_ID", "local");
    variables.put("AWS_SECRET_ACCESS_KEY", "local");
    variables.put("ENVIRONMENT", "it");
    variables.put("REGION_ROLE", "dr");
    variables.put("MODE", "AUTO");
    variables.put("LEASE_GRADE", "best-effort");
    variables.put("PRIMARY_REGION", TwoRegions.PRIMARY);
    variables.put("DR_REGION", TwoRegions.DR);
    variables.put("PRIMARY_LEDGER_TABLE", "primary-ledger-it");
    variables.put("DR_LEDGER_TABLE", TABLE);
    variables.put("GLOBAL_CLUSTERS", "v1=global-db-it");
    variables.put("DATABASE_HOSTS", "v1=reader.invalid");
    variables.put("DATABASE_WRITER_HOSTS", "v1=writer.invalid");
    variables.put("DATABASE_PORT", "v1=5432");
    variables.put("DATABASE_NAME", "v1=paymentsdb");
    variables.put("HEARTBEAT_USER", "payments_heartbeat");
    variables.put("ZONE_NAME_SERVERS", "127.0.0.1");
    variables.put("EXTERNAL_RECORD", "ext.example.com");
    variables.put("SERVICE_RECORD", "pay.example.com");
    variables.put("PRIMARY_LOAD_BALANCER", "primary.invalid");
    variables.put("DR_LOAD_BALANCER", "dr.invalid");
    variables.put("PRIMARY_PROBE_URL", "https://primary.invalid/healthz/payments");
    variables.put("DR_PROBE_URL", "https://dr.invalid/healthz/payments");
    variables.put(
        "TARGET_GROUP_ARN",
        "arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/none/0123456789abcdef");
    variables.put("AUTO_SCALING_GROUP", "none");
    variables.put("SERVING_MINIMUM", "1");
    variables.put("FULL_CAPACITY", "1");
    variables.put("PRIMARY_LATCH_BUCKET", "primary-latch-none");
    variables.put("DR_LATCH_BUCKET", "dr-latch-none");
    variables.put("AUDIT_BUCKET", AUDIT);
    variables.put("PRIMARY_TOPIC_ARN", "arn:aws:sns:us-east-1:123456789012:none");
    variables.put("DR_TOPIC_ARN", "arn:aws:sns:us-east-2:123456789012:none");
    variables.put("EVENT_BUS", "none");
    variables.put("SHORTEST_DETECTION_SECONDS", "20");
    variables.put("CONFIRM_SECONDS", "25");
    variables.put("COOL_DOWN_SECONDS", "1800");
    variables.put("FAILBACK_AFTER_SECONDS", "600");
    variables.put("LOSS_TARGET_SECONDS", "60");
    variables.put("METRICS_NAMESPACE", "PaymentsDr");
    return variables;
  }
}
