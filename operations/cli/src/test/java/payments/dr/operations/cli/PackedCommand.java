package payments.dr.operations.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/** What {@code make dist} packs, unpacked where there is no checkout. */
record PackedCommand(Path root, Path programs) {

  private static final Path DIST = ProjectCopy.PROJECT.resolve("target/dist");
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** All that the launcher calls. */
  private static final List<String> PROGRAMS = List.of("dirname", "java", "mv", "readlink", "sh");

  /**
   * Unpacks it into a folder whose name has a blank.
   *
   * @throws AssertionError when nothing was packed: {@code make dist} and {@code make test} do
   */
  static PackedCommand unpack(Path folder) throws IOException {
    Path place = Files.createDirectories(folder.resolve("on call"));
    Path programs = Files.createDirectories(folder.resolve("bin"));
    Shell shell = new Shell(place, Map.of());
    shell.run(LIMIT, List.of("tar", "-xzf", archive().toString())).expect(0);
    for (String program : PROGRAMS) {
      String found = shell.sh(LIMIT, "command -v " + program).expect(0).out().strip();
      Files.createSymbolicLink(programs.resolve(program), Path.of(found).toRealPath());
    }
    try (Stream<Path> roots = Files.list(place)) {
      return new PackedCommand(roots.findFirst().orElseThrow(), programs);
    }
  }

  /** Runs commands in its root, with no other program on the PATH than it needs. */
  Shell shell() {
    return new Shell(root, Map.of("PATH", programs.toString()));
  }

  private static Path archive() throws IOException {
    if (Files.isDirectory(DIST)) {
      try (Stream<Path> files = Files.list(DIST)) {
        List<Path> archives = files.filter(file -> file.toString().endsWith(".tar.gz")).toList();
        if (archives.size() == 1) {
          return archives.get(0);
        }
      }
    }
    throw new AssertionError(DIST + " must hold one archive: run `make dist` first");
  }
}
