package payments.dr.renewer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import payments.dr.ledger.DynamoDbLedger;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.lease.ClockError;
import payments.dr.ledger.lease.LeaseRegisters;
import payments.dr.ledger.lease.LeaseTiming;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Renews the lease of its Region every 5 s, as long as it runs: {@code java -jar
 * lease-renewer.jar}. Whatever goes wrong is told, and tried again.
 *
 * <p>Nothing is given back when it ends: colleagues on other instances go on, and where there are
 * none, the lease runs out by itself.
 */
public final class LeaseRenewer {

  private final Renewer renewer;
  private final Metrics metrics;
  private final JsonLog log;
  private String told = "";

  LeaseRenewer(Renewer renewer, Metrics metrics, JsonLog log) {
    this.renewer = renewer;
    this.metrics = metrics;
    this.log = log;
  }

  public static void main(String[] arguments) {
    Configuration configuration;
    try {
      configuration = Configuration.of(System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    // A promotion moves names, and Java would keep their old addresses for 30 s.
    Security.setProperty("networkaddress.cache.ttl", "5");
    Security.setProperty("networkaddress.cache.negative.ttl", "1");
    JsonLog log = new JsonLog(System.out, Clock.systemUTC());
    LeaseRenewer program = of(configuration, log);
    log.line("started", "renews for " + configuration.region());
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> log.line("stopped", "what was renewed runs out")));
    program.run();
  }

  private static LeaseRenewer of(Configuration configuration, JsonLog log) {
    Clock clock = Clock.systemUTC();
    AwsCredentialsProvider credentials = DefaultCredentialsProvider.builder().build();
    IamPassword password = new IamPassword(credentials, configuration.region(), clock);
    String roots =
        configuration.rootCertificates().orElseGet(() -> rootsOf(configuration.region()));
    SsmClient parameters =
        client(SsmClient.builder(), configuration.region(), Duration.ofSeconds(2));
    Belts belts =
        new Belts(
            () ->
                parameters
                    .getParameter(request -> request.name(configuration.databases()))
                    .parameter()
                    .value(),
            database -> PostgresBelt.of(database, password, roots),
            clock,
            log);
    ClockError clockError = new ClockError(clock);
    List<Ledger> registers =
        configuration.registers().stream().map(it -> register(it, clockError)).toList();
    return new LeaseRenewer(
        new Renewer(
            configuration.region(),
            new LeaseRegisters(registers.get(0), registers.get(1), registers.get(2), threads()),
            clockError,
            belts,
            LeaseTiming.TTL,
            clock,
            System::nanoTime),
        new Metrics(
            client(CloudWatchClient.builder(), configuration.region(), Duration.ofSeconds(1)),
            configuration.environment(),
            clock,
            log),
        log);
  }

  private void run() {
    long next = System.nanoTime();
    while (!Thread.currentThread().isInterrupted()) {
      attempt();
      // From the last beginning on, unless that one took longer.
      next = Math.max(next + LeaseTiming.RENEW_EVERY.toNanos(), System.nanoTime());
      try {
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** One round. Never throws: the next one may work. */
  void attempt() {
    try {
      Round round = renewer.round();
      tell(round.state());
      metrics.count(round);
    } catch (RuntimeException e) {
      tell("failed: " + e);
    }
  }

  /** Only what is new. */
  private void tell(String state) {
    if (!state.equals(told)) {
      log.line("lease", state);
      told = state;
    }
  }

  private static Ledger register(Configuration.Register register, ClockError clockError) {
    DynamoDbClient client =
        bounded(DynamoDbClient.builder(), register.region(), LeaseTiming.CALL)
            .overrideConfiguration(
                limits ->
                    limits
                        .apiCallTimeout(LeaseTiming.CALL)
                        .retryStrategy(retries -> retries.maxAttempts(1))
                        .addExecutionInterceptor(clockError))
            .build();
    return new DynamoDbLedger(client, register.table());
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, String region, Duration call) {
    return bounded(builder, region, call)
        .overrideConfiguration(
            limits -> limits.apiCallTimeout(call).retryStrategy(retries -> retries.maxAttempts(1)))
        .build();
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B bounded(
      B builder, String region, Duration call) {
    return builder
        .region(Region.of(region))
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(call).socketTimeout(call));
  }

  /** A call that hangs keeps its thread, and none of the others'. */
  private static ExecutorService threads() {
    return Executors.newCachedThreadPool(
        work -> {
          Thread thread = new Thread(work, "register");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** PostgreSQL's driver wants a file. */
  private static String rootsOf(String region) {
    try (InputStream roots = LeaseRenewer.class.getResourceAsStream("roots/" + region + ".pem")) {
      if (roots == null) {
        throw new IllegalStateException(
            "Region must be one whose roots of Amazon RDS stand in the jar, got " + region);
      }
      Path file = Files.createTempFile("rds-" + region, ".pem");
      file.toFile().deleteOnExit();
      Files.write(file, roots.readAllBytes());
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
