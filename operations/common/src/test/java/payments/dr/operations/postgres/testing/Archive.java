package payments.dr.operations.postgres.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import payments.dr.testing.ProjectCopy;

/** PostgreSQL's programs, of the archive that the build of operations/common leaves. */
final class Archive {

  private Archive() {}

  /**
   * Copies them into a folder of a server's own. They are unpacked once for all tests of a build,
   * in whatever process they run: that takes the processor longer than to start a server.
   *
   * @throws IllegalStateException when the build has left no archive
   */
  static void copy(String generation, Path programs) throws IOException {
    Path folder =
        ProjectCopy.PROJECT.resolve("operations/common/target/postgres-%s".formatted(generation));
    Path archive = folder.resolve("postgres-linux-x86_64.txz");
    if (!Files.exists(archive)) {
      throw new IllegalStateException(
          "tests need "
              + archive
              + ", which Maven's phase generate-test-resources of operations/common makes");
    }
    Run.asMyself("cp", "-r", unpacked(folder, archive).toString(), programs.toString());
  }

  private static synchronized Path unpacked(Path folder, Path archive) throws IOException {
    // Another build may bring another version.
    Path unpacked = folder.resolve("of-" + Files.getLastModifiedTime(archive).toMillis());
    try (FileChannel lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      if (!Files.exists(unpacked)) {
        Path part = Files.createDirectories(folder.resolve("part"));
        Run.asMyself("tar", "-xJf", archive.toString(), "-C", part.toString());
        Files.move(part, unpacked, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return unpacked;
  }
}
