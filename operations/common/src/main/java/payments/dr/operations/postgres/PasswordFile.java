package payments.dr.operations.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import payments.dr.operations.console.BadInputException;

/**
 * A libpq password file: lines {@code host:port:database:user:password}, of which the first that
 * matches counts; {@code *} matches anything, a backslash escapes a colon or itself.
 */
record PasswordFile(Path file, Address address) implements Password {

  private static final Set<PosixFilePermission> TOO_OPEN =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  /** The one that libpq would use. */
  static PasswordFile of(Address address, Optional<String> passfile) {
    String file =
        passfile
            .or(() -> Optional.ofNullable(System.getenv("PGPASSFILE")))
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".pgpass").toString());
    return new PasswordFile(Path.of(file), address);
  }

  @Override
  public String read() {
    return find()
        .orElseThrow(
            () ->
                new BadInputException(
                    "password file %s must have a line for %s:%d:%s:%s, got none"
                        .formatted(
                            file,
                            address.host(),
                            address.port(),
                            address.database(),
                            address.user())));
  }

  private Optional<String> find() {
    try {
      if (!Files.isReadable(file)) {
        throw new BadInputException(
            "password of " + address + " must be in " + file + ", which cannot be read");
      }
      if (Files.getPosixFilePermissions(file).stream().anyMatch(TOO_OPEN::contains)) {
        throw new BadInputException(
            "password file " + file + " must be readable by its owner only (chmod 600)");
      }
      List<String> wanted =
          List.of(
              address.host(), Integer.toString(address.port()), address.database(), address.user());
      return Files.readAllLines(file).stream()
          .filter(line -> !line.startsWith("#"))
          .map(PasswordFile::fields)
          .filter(fields -> matches(fields, wanted))
          .map(fields -> fields.get(wanted.size()))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean matches(List<String> fields, List<String> wanted) {
    if (fields.size() <= wanted.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!fields.get(i).equals("*") && !fields.get(i).equals(wanted.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** A line as libpq writes it, for a file that holds nothing else. */
  static String line(Address address, String password) {
    return "%s:%d:*:%s:%s%n"
        .formatted(
            escape(address.host()), address.port(), escape(address.user()), escape(password));
  }

  private static String escape(String field) {
    return field.replace("\\", "\\\\").replace(":", "\\:");
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length()) {
        field.append(line.charAt(++i));
      } else if (c == ':') {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
