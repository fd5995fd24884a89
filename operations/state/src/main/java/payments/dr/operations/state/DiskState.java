package payments.dr.operations.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The state that Terraform keeps on disk in a folder, with the backup of the run before. */
record DiskState(Path folder) {

  /** Not terraform.tfstate: Terraform would offer to move that one wherever it is initialised. */
  static final String FILE = "on-disk.tfstate";

  boolean exists() {
    return Files.exists(file());
  }

  /**
   * Takes the backup when the state itself cannot be read: Terraform writes it in place, so a kill
   * may leave half of it.
   */
  void recover() {
    if (exists() && !readable(file()) && readable(backup())) {
      try {
        Files.copy(backup(), file(), StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Path file() {
    return folder.resolve(FILE);
  }

  private Path backup() {
    return folder.resolve(FILE + ".backup");
  }

  private static boolean readable(Path file) {
    try {
      return Files.exists(file) && StateVersion.read(Files.readString(file)).isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
