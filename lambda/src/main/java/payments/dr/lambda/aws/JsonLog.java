package payments.dr.lambda.aws;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** The function's log: one JSON object a line, which CloudWatch can be asked about. */
public final class JsonLog {

  private final PrintStream out;
  private final InstantSource clock;

  public JsonLog(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  /** Logs that something did not work, and that the function goes on. */
  public void trouble(String what, Throwable failure) {
    String cause = failure.getCause() == null ? "none" : failure.getCause().toString();
    line("trouble", Map.of("what", what, "failure", failure.toString(), "cause", cause));
  }

  void unseen(String what, String why) {
    line("unseen", Map.of("what", what, "why", why));
  }

  /**
   * @param event what kind of line it is
   * @param values text, numbers and maps of them
   */
  void line(String event, Map<String, ?> values) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("t", clock.instant().toString());
    line.put("event", event);
    line.putAll(values);
    // One write: lines of several threads must not mix.
    out.println(JsonText.text(line));
  }
}
