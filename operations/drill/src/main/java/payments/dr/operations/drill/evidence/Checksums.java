package payments.dr.operations.drill.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import payments.dr.operations.encoding.Sha256;

/** The hashes of a folder's files, in the form that {@code sha256sum --check} reads. */
final class Checksums {

  static final String FILE = "SHA256SUMS";

  private static final String BETWEEN = "  ";

  private Checksums() {}

  static void write(Path folder) {
    try {
      Files.writeString(
          folder.resolve(FILE),
          files(folder).stream()
              .map(file -> Sha256.hex(file) + BETWEEN + file.getFileName() + "\n")
              .collect(Collectors.joining()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What does not fit the hashes any more, a line each. */
  static List<String> faults(Path folder) {
    try {
      List<String> faults = new ArrayList<>();
      List<String> known = new ArrayList<>();
      for (String line : Files.readAllLines(folder.resolve(FILE))) {
        String[] parts = line.split(BETWEEN, 2);
        known.add(parts[1]);
        Path file = folder.resolve(parts[1]);
        if (!Files.exists(file)) {
          faults.add(parts[1] + " is missing");
        } else if (!Sha256.hex(file).equals(parts[0])) {
          faults.add(parts[1] + " was changed");
        }
      }
      files(folder).stream()
          .map(file -> file.getFileName().toString())
          .filter(name -> !known.contains(name))
          .forEach(name -> faults.add(name + " was added"));
      return faults;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.endsWith(FILE)).sorted().toList();
    }
  }
}
