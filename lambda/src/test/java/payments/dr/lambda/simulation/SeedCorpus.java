package payments.dr.lambda.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Seeds that once showed something, one a line of {@code seeds.txt}. */
final class SeedCorpus {

  private SeedCorpus() {}

  /** A schedule that production survives and the mutant does not, by which invariant. */
  record Line(Scenario.Kind kind, Grade grade, long seed, Mutant mutant, String invariant) {

    static Line of(String text) {
      String[] words = text.split(" ");
      return new Line(
          Scenario.Kind.valueOf(words[0]),
          Grade.valueOf(words[1]),
          Long.parseLong(words[2]),
          Mutant.valueOf(words[3]),
          words[4]);
    }

    Scenario scenario() {
      return kind.of(seed, grade);
    }
  }

  static List<Line> read() {
    try (InputStream file = SeedCorpus.class.getResourceAsStream("seeds.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Line::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
