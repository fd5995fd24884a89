package payments.dr.operations.state;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import payments.dr.operations.terraform.Terraform;

/**
 * Takes into the state what exists under a name that the configuration chose, and could therefore
 * not be made again. Everything else is written in place, or has no name to collide with.
 */
final class Adoption {

  /** Types with names of ours, and the argument that is both name and import id. */
  private static final Map<String, String> NAMED =
      Map.of("aws_s3_bucket", "bucket", "aws_iam_role", "name", "aws_kms_alias", "name");

  private final Terraform terraform;

  Adoption(Terraform terraform) {
    this.terraform = terraform;
  }

  /** Returns how many resources it found and adopted. */
  int adoptMissing() {
    Set<String> known = known();
    int adopted = 0;
    for (var type : configured().properties()) {
      String argument = NAMED.get(type.getKey());
      if (argument != null) {
        for (var resource : type.getValue().properties()) {
          String address = type.getKey() + "." + resource.getKey();
          String id = resource.getValue().path(argument).asText();
          if (!known.contains(address) && adopt(address, id)) {
            adopted++;
          }
        }
      }
    }
    return adopted;
  }

  private boolean adopt(String address, String id) {
    boolean found = terraform.ask("import", "-input=false", "-no-color", address, id).succeeded();
    if (found) {
      System.out.println("adopted " + id + " as " + address);
    }
    return found;
  }

  private Set<String> known() {
    Set<String> known = new HashSet<>();
    terraform
        .state()
        .path("resources")
        .forEach(
            resource ->
                known.add(resource.path("type").asText() + "." + resource.path("name").asText()));
    return known;
  }

  private JsonNode configured() {
    try {
      return JSON.readTree(terraform.folder().resolve("cdk.tf.json").toFile()).path("resource");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
