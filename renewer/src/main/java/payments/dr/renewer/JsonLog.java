package payments.dr.renewer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.InstantSource;

/** The program's log: one JSON object a line. */
record JsonLog(PrintStream out, InstantSource clock) {

  private static final JsonFactory FACTORY = new JsonFactory();

  /**
   * Writes a line.
   *
   * @param event what kind of line it is
   * @param state for humans, without secrets
   */
  void line(String event, String state) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("t", clock.instant().toString());
      json.writeStringField("event", event);
      json.writeStringField("state", state);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // One write: lines of several threads must not mix.
    out.println(text);
  }
}
