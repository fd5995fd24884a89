package payments.dr.operations.drill;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import payments.dr.configuration.environment.Environment;
import payments.dr.operations.aws.LocalAwsApi;
import payments.dr.operations.drill.load.Directory;
import payments.dr.operations.drill.load.HttpPaymentClient;

/**
 * Connects customers to the public address of an environment's service.
 *
 * @param local knows its names, and leads to its load balancers
 */
record FrontDoor(Environment environment, Optional<LocalAwsApi> local) {

  HttpPaymentClient client(InstantSource clock) {
    String service = "pay." + environment.config().dns().domainName();
    String scheme = environment.config().compute().tls() ? "https" : "http";
    if (local.isEmpty()) {
      return new HttpPaymentClient(scheme, () -> service, Optional.empty());
    }
    Directory directory =
        new Directory(
            local.get().get("status").path("nameServer").asText(),
            Duration.ofSeconds(environment.config().dns().recordTtlSeconds()),
            clock);
    URI proxy = local.get().endpoint();
    return new HttpPaymentClient(
        scheme,
        () -> directory.lookUp(service),
        Optional.of(new InetSocketAddress(proxy.getHost(), proxy.getPort())));
  }
}
