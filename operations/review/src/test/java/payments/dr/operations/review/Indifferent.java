package payments.dr.operations.review;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import payments.dr.testing.mutants.Mutant;

/** Mutants that weaken nothing, each kind with its reason. */
final class Indifferent {

  private static final String LIST = "/mutants/indifferent.txt";

  private final List<Pattern> patterns = new ArrayList<>();
  private final Map<Integer, Boolean> used = new HashMap<>();

  Indifferent() {
    try (InputStream list = Indifferent.class.getResourceAsStream(LIST)) {
      new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" \\| ", 2))
          .forEach(parts -> patterns.add(Pattern.compile(parts[0])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean covers(Mutant mutant) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).matcher(mutant.kind()).matches()) {
        used.put(i, true);
        return true;
      }
    }
    return mutant.isDeletion() && isNamed(mutant);
  }

  /** Patterns that no mutant of before needed. */
  List<String> unused() {
    List<String> unused = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      if (!used.containsKey(i)) {
        unused.add(patterns.get(i).pattern());
      }
    }
    return unused;
  }

  /** Terraform refuses a reference that leads nowhere. */
  private static boolean isNamed(Mutant mutant) {
    return mutant.changed().toString().contains("${" + mutant.address() + ".");
  }
}
