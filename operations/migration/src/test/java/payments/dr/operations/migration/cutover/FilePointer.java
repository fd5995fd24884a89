package payments.dr.operations.migration.cutover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that names the generation in use; writers of a test follow it. */
record FilePointer(Path file) implements Pointer {

  @Override
  public void requireReady(String generation) {
    if (generation.isEmpty()) {
      throw new IllegalArgumentException("generation must have a name");
    }
  }

  @Override
  public void pointTo(String generation) {
    try {
      Path next = file.resolveSibling("pointer.next");
      Files.writeString(next, generation);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String generation() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
