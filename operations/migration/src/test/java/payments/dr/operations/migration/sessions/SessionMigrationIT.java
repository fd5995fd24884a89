package payments.dr.operations.migration.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.ledger.LeaseLostException;
import payments.dr.ledger.MutexHeldException;
import payments.dr.operations.aws.LocalAws;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.ledger.LedgerTable;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReplicationGroupUpdate;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Sessions move there and back on a local AWS while an application writes them. */
class SessionMigrationIT {

  private static final String IDEMPOTENCY = "idempotency#";
  private static final int STORED = 500;
  private static final String ASSUMABLE =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
       "Principal": {"AWS": "arn:aws:iam::123456789012:root"}}]}
      """;
  private static final String TABLES =
      """
      {"Version": "2012-10-17", "Statement": [
       {"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"}]}
      """;

  private static final String READING =
      """
      {"Version": "2012-10-17", "Statement": [
       {"Effect": "Allow", "Resource": "*", "Action": [
        "dynamodb:DescribeTable", "dynamodb:GetResourcePolicy", "dynamodb:GetItem"]}]}
      """;

  @TempDir Path home;

  private LocalAws aws;
  private DynamoDbClient tables;
  private DynamoDbClient applicationClient;
  private SessionMigration migration;

  @BeforeEach
  void start() {
    System.setProperty("http.maxConnections", "64");
    aws = LocalAws.start(home);
    migration = MigrationProcess.migration(aws.endpoint());
    Region writer = Region.of(MigrationProcess.REGIONS.get(0));
    tables = aws.access().client(DynamoDbClient.builder().region(writer));
    LedgerTable.create(LedgerTable.client(aws.access()), MigrationProcess.LEDGER);
    create("v1");
    create("v2");
    applicationClient = roleClient(writer, "application", TABLES);
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void no_acknowledged_write_is_lost_and_none_comes_back() throws Exception {
    store();
    Application application = new Application(applicationClient);
    try (application) {
      application.start();
      killedTwiceWhileCopying();

      Follower follower = new Follower();
      follower.untilCaughtUp();
      SessionComparison comparison = migration.verify(IDEMPOTENCY, Duration.ofSeconds(30));
      assertTrue(comparison.equal(), comparison.toString());
      assertTrue(comparison.items() >= STORED, comparison.toString());

      killedInTheMiddleOfACutover(application);

      // Forward: the application notices when its writes to v1 are refused.
      new Follower().untilCaughtUp();
      Instant fenced = Instant.now();
      migration.cutOverTo("v2", IDEMPOTENCY);
      application.follow("v2");
      System.out.printf(
          "cutover, copier ended first: %d ms%n",
          Duration.between(fenced, Instant.now()).toMillis());
      written(application, 400);
      assertRefused("v1");

      // Back, after v2 took writes.
      new Follower().untilCaughtUp();
      SessionComparison back = migration.verify(IDEMPOTENCY, Duration.ofSeconds(30));
      assertTrue(back.equal(), back.toString());
      migration.cutOverTo("v1", IDEMPOTENCY);
      application.follow("v1");
      written(application, 400);
      assertRefused("v2");

      // And forward again, to stay.
      new Follower().untilCaughtUp();
      migration.cutOverTo("v2", IDEMPOTENCY);
      application.follow("v2");
      written(application, 200);
      new Follower().untilCaughtUp();
      migration.finish();
      written(application, 50);
      assertRefused("v1");
    }
    assertTrue(application.refusals.get() > 0, "no write was ever refused");
    assertHolds("v2", application.acknowledged);
  }

  /** Each process dies without a word; the next one goes on. */
  private void killedTwiceWhileCopying() throws Exception {
    MigrationProcess first = MigrationProcess.start(aws.endpoint(), "start").waitFor("items ");
    assertThrows(MutexHeldException.class, () -> migration.start(progress -> false));
    first.kill();
    Thread.sleep(12_000);
    MigrationProcess.start(aws.endpoint(), "start").waitFor("following").kill();
    Thread.sleep(12_000);
  }

  private void killedInTheMiddleOfACutover(Application application) throws Exception {
    MigrationProcess.start(aws.endpoint(), "v2").waitFor("writes refused").kill();
    assertRefused("v1");
    Thread.sleep(12_000);
    migration.cutOverTo("v1", IDEMPOTENCY);
    written(application, 50);
  }

  @Test
  void cutover_that_finds_a_difference_lifts_the_fence() throws Exception {
    store();
    new Follower().untilCaughtUp();
    tables.deleteItem(
        request -> request.tableName(name("v2")).key(Sessions.key(IDEMPOTENCY + "expired")));

    RuntimeException refused =
        assertThrows(RuntimeException.class, () -> migration.cutOverTo("v2", IDEMPOTENCY));

    assertTrue(
        refused.getMessage().contains("1 differ: [idempotency#expired]"), refused.getMessage());
    assertTaken("v1");
    assertFenceIsNoProofForWhoMayNotWrite();
  }

  private void assertFenceIsNoProofForWhoMayNotWrite() {
    Region writer = Region.of(MigrationProcess.REGIONS.get(0));
    try (DynamoDbClient reader = roleClient(writer, "reader", READING)) {
      SessionFence fence = new SessionFence(List.of(reader), name("v1"));
      // It is refused without any fence.
      fence.prove(Instant.now().plusSeconds(60), Instant::now);
      CommandFailedException unfit =
          assertThrows(CommandFailedException.class, fence::requireWritable);
      assertTrue(unfit.getMessage().contains("dynamodb:UpdateItem"), unfit.getMessage());
    }
    new SessionFence(List.of(applicationClient), name("v1")).requireWritable();
  }

  /** What is in the table before anybody migrates: sessions, expired ones, idempotency keys. */
  private void store() {
    for (int i = 0; i < STORED; i++) {
      put("stored-" + i, i, Instant.now().plusSeconds(3600));
    }
    for (int i = 0; i < 20; i++) {
      put("expired-" + i, i, Instant.now().minusSeconds(60));
    }
    put(IDEMPOTENCY + "expired", 1, Instant.now().minusSeconds(60));
    put(IDEMPOTENCY + "valid", 1, Instant.now().plusSeconds(3600));
  }

  private void put(String key, long value, Instant expiry) {
    tables.putItem(
        request ->
            request
                .tableName(name("v1"))
                .item(
                    Map.of(
                        Sessions.KEY,
                        AttributeValue.fromS(key),
                        "value",
                        Application.number(value),
                        "roles",
                        AttributeValue.fromSs(List.of("payer", "viewer")),
                        Sessions.EXPIRY,
                        Application.number(expiry.getEpochSecond()))));
  }

  private void assertHolds(String generation, Map<String, Long> acknowledged) {
    Map<String, Long> expected = new HashMap<>();
    acknowledged.forEach(
        (key, value) -> {
          if (value >= 0) {
            expected.put(key, value);
          }
        });
    Map<String, Long> found = new HashMap<>();
    int stored = 0;
    for (var item : tables.scanPaginator(request -> request.tableName(name(generation))).items()) {
      String key = item.get(Sessions.KEY).s();
      if (key.startsWith("session-")) {
        found.put(key, Long.parseLong(item.get("value").n()));
      }
      stored += key.startsWith("stored-") ? 1 : 0;
      assertTrue(!Origin.tombstone(item), key);
    }
    assertEquals(STORED, stored);
    assertEquals(expected, found);
  }

  private void assertRefused(String generation) {
    assertEquals(
        "AccessDeniedException",
        assertThrows(DynamoDbException.class, () -> assertTaken(generation))
            .awsErrorDetails()
            .errorCode());
  }

  private void assertTaken(String generation) {
    applicationClient.deleteItem(
        request -> request.tableName(name(generation)).key(Sessions.key("nobody")));
  }

  private static void written(Application application, int writes) throws InterruptedException {
    long until = application.writes.get() + writes;
    Instant end = Instant.now().plusSeconds(120);
    while (application.writes.get() < until) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("application is not served");
      }
      Thread.sleep(20);
    }
  }

  private static String name(String generation) {
    return Sessions.tableName(generation) + MigrationProcess.SUFFIX;
  }

  private void create(String generation) {
    tables.createTable(
        request ->
            request
                .tableName(name(generation))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(
                    KeySchemaElement.builder()
                        .attributeName(Sessions.KEY)
                        .keyType(KeyType.HASH)
                        .build())
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName(Sessions.KEY)
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .streamSpecification(
                    stream ->
                        stream
                            .streamEnabled(true)
                            .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
    tables.updateTable(
        request ->
            request
                .tableName(name(generation))
                .replicaUpdates(
                    ReplicationGroupUpdate.builder()
                        .create(replica -> replica.regionName(MigrationProcess.REGIONS.get(1)))
                        .build()));
  }

  /** Another principal than the migration's, with a policy of its own. */
  private DynamoDbClient roleClient(Region region, String name, String policy) {
    try (IamClient iam =
            aws.access()
                .client(
                    IamClient.builder()
                        .region(region)
                        .httpClientBuilder(UrlConnectionHttpClient.builder()));
        StsClient sts =
            aws.access()
                .client(
                    StsClient.builder()
                        .region(region)
                        .httpClientBuilder(UrlConnectionHttpClient.builder()))) {
      String role =
          iam.createRole(request -> request.roleName(name).assumeRolePolicyDocument(ASSUMABLE))
              .role()
              .arn();
      iam.putRolePolicy(
          request -> request.roleName(name).policyName("tables").policyDocument(policy));
      var given =
          sts.assumeRole(request -> request.roleArn(role).roleSessionName("test")).credentials();
      return DynamoDbClient.builder()
          .region(region)
          .endpointOverride(aws.access().endpoint().orElseThrow())
          .credentialsProvider(
              StaticCredentialsProvider.create(
                  AwsSessionCredentials.create(
                      given.accessKeyId(), given.secretAccessKey(), given.sessionToken())))
          .build();
    }
  }

  /** Follows in a thread until a cutover takes its lease. */
  private final class Follower {

    private volatile int quiet;
    private volatile boolean following;
    private final CompletableFuture<Void> run =
        CompletableFuture.runAsync(
            () -> {
              try {
                migration.start(
                    progress -> {
                      following = progress.following();
                      quiet = progress.round().upToDate() ? quiet + 1 : 0;
                      return true;
                    });
              } catch (LeaseLostException e) {
                return;
              }
            });

    void untilCaughtUp() throws InterruptedException {
      Instant end = Instant.now().plusSeconds(180);
      while (!following || quiet < 5) {
        if (run.isCompletedExceptionally()) {
          run.join();
        }
        if (Instant.now().isAfter(end)) {
          throw new AssertionError("copier is not catching up");
        }
        Thread.sleep(50);
      }
    }
  }
}
