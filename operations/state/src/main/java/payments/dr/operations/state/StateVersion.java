package payments.dr.operations.state;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What stands in one version of a state.
 *
 * @param serial counts its changes
 */
record StateVersion(long serial, int resources) {

  /** The format that Terraform has written since 0.12. */
  private static final int FORMAT = 4;

  /** Nothing when the text is no state that Terraform could read. */
  static Optional<StateVersion> read(String text) {
    JsonNode state;
    try {
      state = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    boolean readable =
        state.path("version").asInt() == FORMAT
            && !state.path("lineage").asText().isEmpty()
            && state.path("resources").isArray();
    return readable
        ? Optional.of(
            new StateVersion(state.path("serial").asLong(), state.path("resources").size()))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "serial " + serial + ", " + resources + " resources";
  }
}
