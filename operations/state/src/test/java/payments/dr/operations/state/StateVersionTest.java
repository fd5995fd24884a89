package payments.dr.operations.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateVersionTest {

  @Test
  void state_is_known_by_format_lineage_and_resources() {
    assertEquals(
        Optional.of(new StateVersion(7, 2)),
        StateVersion.read(
            """
            {"version": 4, "serial": 7, "lineage": "0f1e", "resources": [{}, {}]}
            """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"version\": 4, \"serial\": 7, \"lineage\": \"0f1e\", \"resour",
        "{\"version\": 99, \"serial\": 7, \"lineage\": \"0f1e\", \"resources\": []}",
        "{\"version\": 4, \"serial\": 7, \"lineage\": \"\", \"resources\": []}",
        "{\"version\": 4, \"serial\": 7, \"lineage\": \"0f1e\"}",
        "[1, 2]"
      })
  void anything_else_is_not_readable(String text) {
    assertEquals(Optional.empty(), StateVersion.read(text));
  }
}
