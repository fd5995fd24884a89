package payments.dr.operations.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.StreamSupport;
import payments.dr.operations.aws.LocalAwsApi;

/**
 * The servers behind the endpoints of a local AWS with a data plane: nobody else resolves their
 * names, or knows who signed their certificates.
 */
record LocalServers(LocalAwsApi local) {

  /** One server, by its address. */
  record Server(String address, String rootCertificate) {}

  /** Empty when no server is behind it. */
  Optional<Server> behind(String endpoint) {
    return StreamSupport.stream(local.get("databases").spliterator(), false)
        .filter(server -> server.path("endpoint").asText().equals(endpoint))
        .findFirst()
        .map(LocalServers::server);
  }

  private static Server server(JsonNode told) {
    return new Server(told.path("address").asText(), told.path("rootCertificate").asText());
  }
}
