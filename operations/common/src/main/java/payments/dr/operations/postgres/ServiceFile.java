package payments.dr.operations.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import payments.dr.operations.console.BadInputException;

/**
 * libpq's service file: {@code [name]}, then lines {@code keyword=value}; read here because
 * pgjdbc's reader refuses the keywords of libpq that it has no use for.
 *
 * @param places of files; the first that has the entry counts
 */
record ServiceFile(List<Path> places) {

  /** Where libpq looks. */
  static ServiceFile ofLibpq() {
    return new ServiceFile(
        Stream.of(
                Optional.ofNullable(System.getenv("PGSERVICEFILE"))
                    .map(Path::of)
                    .orElseGet(() -> Path.of(System.getProperty("user.home"), ".pg_service.conf")),
                Optional.ofNullable(System.getenv("PGSYSCONFDIR"))
                    .map(folder -> Path.of(folder, "pg_service.conf"))
                    .orElse(null))
            .filter(place -> place != null)
            .toList());
  }

  /** The keywords of an entry, if there is one. */
  Optional<Map<String, String>> entry(String name) {
    return places.stream()
        .filter(Files::exists)
        .flatMap(place -> read(place, name).stream())
        .findFirst();
  }

  private static Optional<Map<String, String>> read(Path place, String name) {
    try {
      Map<String, String> entry = null;
      for (String line : Files.readAllLines(place)) {
        String text = line.strip();
        if (text.startsWith("[")) {
          if (entry != null) {
            break;
          }
          entry = text.equals("[" + name + "]") ? new LinkedHashMap<>() : null;
        } else if (entry != null && !text.isEmpty() && !text.startsWith("#")) {
          put(entry, text, place, name);
        }
      }
      return Optional.ofNullable(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(Map<String, String> entry, String text, Path place, String name) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      // Not shown: it may be half of a password.
      throw new BadInputException(
          "lines of service " + name + " in " + place + " must be keyword=value, one is not");
    }
    entry.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }
}
