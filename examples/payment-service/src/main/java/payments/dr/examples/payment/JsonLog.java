package payments.dr.examples.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The service's log: one JSON object a line, without secrets and bodies. */
final class JsonLog {

  private static final JsonMapper JSON = new JsonMapper();

  private final PrintStream out;
  private final InstantSource clock;

  JsonLog(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  void request(String method, String path, int status, long milliseconds) {
    line(
        "request",
        Map.of("method", method, "path", path, "status", status, "milliseconds", milliseconds));
  }

  /** The database refused, or was not there. */
  void failure(Failure failure, SQLException e) {
    line(
        "failure",
        Map.of(
            "failure", failure.name(),
            "sqlState", String.valueOf(e.getSQLState()),
            "message", firstLine(e)));
  }

  /** Something did not work, and the service goes on. */
  void trouble(String what, RuntimeException e) {
    line("trouble", Map.of("what", what, "error", e.getClass().getName(), "message", firstLine(e)));
  }

  /**
   * @param event what kind of line it is
   */
  void line(String event, Map<String, ?> values) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("t", clock.instant().toString());
    line.put("event", event);
    line.putAll(new TreeMap<>(values));
    try {
      // One write: lines of several threads must not mix.
      out.println(JSON.writeValueAsString(line));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
