package payments.dr.operations.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The shell commands of a document's code blocks of one kind. A block that begins with {@code ```sh
 * local} can be run against the local AWS, and is; {@code ```sh aws} needs a real account.
 */
record MarkdownCommands(Path document, String kind) {

  /** Each block whole, in the document's order. */
  List<String> blocks() {
    Pattern block = Pattern.compile("(?ms)^```sh " + kind + "\\n(.*?)^```$");
    try {
      return block
          .matcher(Files.readString(document))
          .results()
          .map(result -> result.group(1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
