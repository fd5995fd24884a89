package payments.dr.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of the outputs in the table of docs/reference/outputs.md. */
public final class DocumentedOutputs {

  private static final Pattern FIRST_COLUMN = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

  private static final String PAGE = "docs/reference/outputs.md";

  private DocumentedOutputs() {}

  /** Returns the outputs without the one that only a retiring generation has. */
  public static Set<String> whileNoneRetires() {
    Set<String> names = names();
    if (!names.remove("retiringDatabase")) {
      throw new AssertionError(PAGE + " says nothing of retiringDatabase");
    }
    return names;
  }

  private static Set<String> names() {
    try {
      String page = Files.readString(ProjectCopy.PROJECT.resolve(PAGE));
      return FIRST_COLUMN
          .matcher(page)
          .results()
          .map(result -> result.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
