package payments.dr.operations.postgres.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the build of this module unpacks PostgreSQL's programs. */
final class Archive {

  private Archive() {}

  /**
   * @throws IllegalStateException when the build has not unpacked it
   */
  static Path of(String generation) {
    Path archive =
        Path.of("target/postgres-" + generation, "postgres-linux-x86_64.txz").toAbsolutePath();
    if (!Files.exists(archive)) {
      throw new IllegalStateException(
          "tests need "
              + archive
              + ", which Maven's phase generate-test-resources of operations makes");
    }
    return archive;
  }
}
