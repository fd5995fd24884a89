package payments.dr.operations.drill.load;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Writes a line of JSON for every try of every payment. Safe for many threads. */
public final class PaymentJournal implements AutoCloseable {

  private final Writer file;

  /** Makes a journal of what is written to a file that is open already. */
  public PaymentJournal(Writer file) {
    this.file = file;
  }

  /**
   * Makes an empty journal.
   *
   * @param path of a file that is not there yet
   */
  public PaymentJournal(Path path) {
    this(open(path));
  }

  private static Writer open(Path path) {
    try {
      return Files.newBufferedWriter(path, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void write(
      String key, Instant sent, Instant now, int tries, PaymentClient.Answer answer) {
    ObjectNode line =
        JSON.createObjectNode()
            .put("key", key)
            .put("sent", sent.toString())
            .put("answered", now.toString())
            .put("try", tries)
            .put("answer", answer.seen());
    if (answer.acknowledged()) {
      line.put("region", answer.region()).put("id", answer.id());
    }
    try {
      file.write(line + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
