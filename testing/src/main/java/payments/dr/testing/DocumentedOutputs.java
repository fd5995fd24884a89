package payments.dr.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of the outputs in the table below README's heading "Outputs". */
public final class DocumentedOutputs {

  private static final Pattern FIRST_COLUMN = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

  private DocumentedOutputs() {}

  /** Returns the outputs without the one that only a retiring generation has. */
  public static Set<String> whileNoneRetires() {
    Set<String> names = names();
    if (!names.remove("retiringDatabase")) {
      throw new AssertionError("README says nothing of retiringDatabase");
    }
    return names;
  }

  private static Set<String> names() {
    try {
      String readme = Files.readString(ProjectCopy.PROJECT.resolve("README.md"));
      String section = readme.split("(?m)^## Outputs$", 2)[1].split("(?m)^## ", 2)[0];
      return FIRST_COLUMN
          .matcher(section)
          .results()
          .map(result -> result.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
