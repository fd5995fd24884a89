package payments.dr.examples.payment;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.Security;
import java.time.Clock;
import java.util.Map;

/** Starts the service: {@code java -jar payment-service.jar ENVIRONMENT}. */
public final class PaymentService {

  private PaymentService() {}

  public static void main(String[] arguments) throws IOException {
    ServiceConfiguration configuration;
    try {
      configuration = ServiceConfiguration.of(arguments, System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    properties();
    JsonLog log = new JsonLog(System.out, Clock.systemUTC());
    Follower follower =
        new Follower(AwsGuide.of(configuration), pointer -> open(pointer, configuration), log);
    Payments payments = new Payments(configuration.region());
    WebServer server =
        WebServer.start(
            new InetSocketAddress(configuration.port()),
            new Routes(configuration.region(), follower, payments, log));
    follower.start();
    log.line("started", Map.of("port", server.port(), "region", configuration.region()));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, follower)));
  }

  /** What has to be set before the first name is resolved and the first server made. */
  private static void properties() {
    // A promotion moves names, and Java would keep their old addresses for 30 s.
    Security.setProperty("networkaddress.cache.ttl", "5");
    Security.setProperty("networkaddress.cache.negative.ttl", "1");
    WebServer.properties();
  }

  private static DatabasePool open(DatabaseLocation pointer, ServiceConfiguration configuration) {
    return DatabasePool.open(
        pointer.generation(),
        new Connections(
            pointer,
            IamPassword.ofTheInstance(configuration.region()),
            configuration.rootCertificate()));
  }

  private static void end(WebServer server, Follower follower) {
    server.close();
    follower.close();
  }
}
