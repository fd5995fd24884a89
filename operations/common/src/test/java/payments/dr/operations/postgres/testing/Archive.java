package payments.dr.operations.postgres.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import payments.dr.testing.ProjectCopy;

/** Where the build of operations/common unpacks PostgreSQL's programs. */
final class Archive {

  private Archive() {}

  /**
   * @throws IllegalStateException when the build has not unpacked it
   */
  static Path of(String generation) {
    Path archive =
        ProjectCopy.PROJECT.resolve(
            "operations/common/target/postgres-%s/postgres-linux-x86_64.txz".formatted(generation));
    if (!Files.exists(archive)) {
      throw new IllegalStateException(
          "tests need "
              + archive
              + ", which Maven's phase generate-test-resources of operations/common makes");
    }
    return archive;
  }
}
