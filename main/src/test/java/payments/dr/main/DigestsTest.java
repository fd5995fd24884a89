package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestsTest {

  private static final Digests ABC =
      new Digests(
          "900150983CD24FB0D6963F7D28E17F72", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  private static final Digests XYZ =
      new Digests(
          "D16FB36F0911F878998C136191AF705E", "Ngi8oeROpsTSaOttsCJgJpiSwLQrhrvx53pvoWw8koI=");

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = write("abc", 1);
  }

  @Test
  void they_are_those_of_the_bytes() {
    assertEquals(ABC, Digests.of(file));
    assertEquals(ABC, Digests.of(file));
  }

  @Test
  void a_changed_file_has_others_even_if_it_is_as_long() throws IOException {
    Digests.of(file);

    assertEquals(XYZ, Digests.of(write("xyz", 2)));
  }

  @Test
  void a_file_of_the_same_size_and_time_is_not_read_again() throws IOException {
    Digests.of(file);

    assertEquals(ABC, Digests.of(write("xyz", 1)));
  }

  @Test
  void what_is_kept_beside_the_file_is_replaced_when_it_cannot_be_read() throws IOException {
    Files.writeString(folder.resolve("function.jar.digests"), "cut o");

    assertEquals(ABC, Digests.of(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("function.jar", "function.jar.digests"),
          files.map(each -> each.getFileName().toString()).sorted().toList());
    }
  }

  private Path write(String text, long millis) throws IOException {
    Path written = Files.writeString(folder.resolve("function.jar"), text);
    return Files.setLastModifiedTime(written, FileTime.fromMillis(millis));
  }
}
