package payments.dr.operations.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;

/** Has a person type the name of what is about to change; a pipe may do it for them. */
public final class Confirmation {

  private Confirmation() {}

  public static void of(String name) {
    System.out.print("Type " + name + " to go on: ");
    System.out.flush();
    String typed;
    try {
      typed =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!name.equals(typed)) {
      throw new BadInputException(
          "confirmation must be \"%s\", got %s; nothing was changed"
              .formatted(name, typed == null ? "none" : "\"" + typed + "\""));
    }
  }
}
