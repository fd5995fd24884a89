package payments.dr.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a clone of this project would hold, uncommitted changes included, in a folder where nothing
 * is built yet.
 */
public record ProjectCopy(Path root) {

  /** Tests run in their module's folder, at whatever depth it is. */
  public static final Path PROJECT = root(Path.of("").toAbsolutePath());

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static final Duration FIRST_START = Duration.ofMinutes(3);

  /** The launchers' archives of loaded classes, each with a command that makes it. */
  private static final Map<String, String> ARCHIVES =
      Map.of(
          "main/target/app.jsa", "CDKTF_OUTDIR=target/first main/synth local",
          "operations/cli/target/dr.jsa", "./dr recovery-budget local");

  private static final Path KEPT_ARCHIVES = PROJECT.resolve("target/archives");

  public static ProjectCopy into(Path folder) throws IOException {
    for (Path file : files()) {
      copy(file, folder);
    }
    return new ProjectCopy(folder);
  }

  /**
   * Returns the same with what Maven has packaged and npm installed in this project: {@code ./dr}
   * and {@code make} build nothing there before a source is changed.
   */
  public static ProjectCopy builtInto(Path folder) throws IOException {
    ProjectCopy copy = into(folder);
    if (isInstalled()) {
      Files.createSymbolicLink(folder.resolve("node_modules"), PROJECT.resolve("node_modules"));
    }
    FileTime built = FileTime.fromMillis(0);
    for (Path file : packaged()) {
      copy(file, folder);
      FileTime packaged = Files.getLastModifiedTime(PROJECT.resolve(file));
      built = packaged.compareTo(built) > 0 ? packaged : built;
    }
    copy.writeArguments("main/target", "main-[\\d.]+\\.jar", "app.args", built);
    copy.writeArguments("operations/cli/target", "operations-cli-[\\d.]+\\.jar", "dr.args", built);
    copy.linkArchives(built);
    return copy;
  }

  /**
   * As {@code make} sees it. What is older it installs anew, and npm first empties the folder that
   * is there, through a link as well.
   */
  private static boolean isInstalled() throws IOException {
    Path installed = PROJECT.resolve("node_modules/.package-lock.json");
    return Files.exists(installed)
        && Files.getLastModifiedTime(installed)
                .compareTo(Files.getLastModifiedTime(PROJECT.resolve("package-lock.json")))
            >= 0;
  }

  /** Changes with any file that a clone would hold. */
  public static String version() throws IOException {
    MessageDigest digest = sha256();
    for (Path file : files()) {
      digest.update((file + "\0").getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(PROJECT.resolve(file)));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Runs its commands in its root. */
  public Shell shell() {
    return new Shell(root, Map.of());
  }

  /** Changes one part of a file that must be there. */
  public void replace(String file, String part, String by) throws IOException {
    String text = Files.readString(root.resolve(file));
    if (!text.contains(part)) {
      throw new AssertionError(file + " lacks " + part);
    }
    Files.writeString(root.resolve(file), text.replace(part, by));
  }

  /** Leaves out the last part of a file, from where {@code beginning} stands. */
  public void cut(String file, String beginning) throws IOException {
    String text = Files.readString(root.resolve(file));
    replace(file, text.substring(text.indexOf(beginning)), "");
  }

  /**
   * How a launcher starts Java: with the very jar that Maven packaged, as an archive is bound to
   * it.
   *
   * @param built when Maven packaged: a launcher builds what is newer. It leaves a jar alone when
   *     its own module has not changed, so that is the time of the youngest.
   */
  private void writeArguments(String target, String name, String arguments, FileTime built)
      throws IOException {
    Path folder = root.resolve(target);
    Path classpath = folder.resolve("classpath");
    if (!Files.exists(classpath)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      Path jar =
          files.filter(it -> it.getFileName().toString().matches(name)).findFirst().orElseThrow();
      Path packaged = PROJECT.resolve(root.relativize(jar));
      Path file = folder.resolve(arguments);
      Files.writeString(file, "-cp\n\"%s:%s\"\n".formatted(packaged, Files.readString(classpath)));
      Files.setLastModifiedTime(file, built);
    }
  }

  /**
   * A launcher makes its archive when it first starts, which takes the processor as long as four
   * synthesized environments. The first copy makes those of all.
   */
  private void linkArchives(FileTime built) throws IOException {
    // The lock on the file is between processes: a second thread of this one would be refused it.
    synchronized (ProjectCopy.class) {
      Files.createDirectories(KEPT_ARCHIVES);
      try (FileChannel lock =
          FileChannel.open(
              KEPT_ARCHIVES.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock();
        linkLockedArchives(built);
      }
    }
  }

  private void linkLockedArchives(FileTime built) throws IOException {
    for (Map.Entry<String, String> archive : ARCHIVES.entrySet()) {
      Path link = root.resolve(archive.getKey());
      if (Files.exists(link.resolveSibling("classpath"))) {
        Path kept = KEPT_ARCHIVES.resolve(link.getFileName());
        if (!Files.exists(kept) || Files.getLastModifiedTime(kept).compareTo(built) < 0) {
          shell().sh(FIRST_START, archive.getValue()).expect(0);
          keep(link, kept);
        }
        Files.createSymbolicLink(link, kept);
      }
    }
  }

  /** Whole or not at all: the copy may be on another file system, and a run may be killed. */
  private static void keep(Path made, Path kept) throws IOException {
    Path part = kept.resolveSibling(kept.getFileName() + ".part");
    Files.move(made, part, StandardCopyOption.REPLACE_EXISTING);
    Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path root(Path folder) {
    return Files.exists(folder.resolve("cdktf.json")) ? folder : root(folder.getParent());
  }

  /** Relative to the project. */
  private static List<Path> files() {
    return new Shell(PROJECT, Map.of())
        .sh(LIMIT, "git ls-files --cached --others --exclude-standard")
        .expect(0)
        .out()
        .lines()
        .map(Path::of)
        .filter(file -> Files.exists(PROJECT.resolve(file)))
        .toList();
  }

  /** Jars, and the class paths that launchers start them with. */
  private static List<Path> packaged() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String folder : List.of(".", "operations")) {
      try (DirectoryStream<Path> modules = Files.newDirectoryStream(PROJECT.resolve(folder))) {
        for (Path module : modules) {
          addPackaged(module.resolve("target"), found);
        }
      }
    }
    return found;
  }

  private static void addPackaged(Path target, List<Path> found) throws IOException {
    if (Files.isDirectory(target)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(target, "{*.jar,classpath}")) {
        files.forEach(file -> found.add(PROJECT.relativize(file.normalize())));
      }
    }
  }

  private static void copy(Path file, Path folder) throws IOException {
    Path target = folder.resolve(file);
    Files.createDirectories(target.getParent());
    Files.copy(PROJECT.resolve(file), target, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Stops its local AWS, if one runs. */
  public void stopLocalAws() {
    shell().sh(LIMIT, "emulator/local-aws stop");
  }
}
