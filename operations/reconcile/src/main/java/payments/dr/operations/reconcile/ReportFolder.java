package payments.dr.operations.reconcile;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import payments.dr.operations.console.BadInputException;

/** A new folder for files that hold payments: for its owner only, and so are they. */
record ReportFolder(Path path) {

  /** For people, for programs, and for those who make the missing payments again. */
  static final String REPORT = "report.md";

  static final String JSON = "report.json";
  static final String REPLAY = "replay.ndjson";

  /** Writes one file. */
  interface Content {
    void write(BufferedWriter file) throws IOException;
  }

  /**
   * @throws BadInputException when something is there already, or it cannot be made
   */
  static ReportFolder make(Path path) {
    try {
      if (path.getParent() != null) {
        Files.createDirectories(path.getParent());
      }
      // With its permissions from the start: afterwards would be too late.
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return new ReportFolder(path);
    } catch (FileAlreadyExistsException e) {
      throw new BadInputException(
          "--out must be a folder that is not there yet, got \"%s\"; nothing was changed"
              .formatted(path));
    } catch (IOException e) {
      throw new BadInputException(
          "--out must be a folder that can be made, got \"%s\": %s".formatted(path, e));
    }
  }

  void write(String name, Content content) {
    Path file = path.resolve(name);
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (BufferedWriter writer = Files.newBufferedWriter(file)) {
        content.write(writer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves nothing where nothing came about. */
  void deleteIfEmpty() {
    try (Stream<Path> files = Files.list(path)) {
      if (files.findAny().isEmpty()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
