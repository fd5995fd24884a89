package payments.dr.operations.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.operations.console.BadInputException;

class PasswordFileTest {

  private static final Address ADDRESS =
      new Address(
          "db.example.com",
          Optional.empty(),
          6432,
          "paymentsdb",
          "dbadmin",
          Address.VERIFIED,
          Optional.empty());

  @TempDir private Path folder;

  @Test
  void the_first_line_that_matches_counts() throws IOException {
    assertEquals(
        "second",
        read(
            """
            # a comment
            db.example.com:6432:other:dbadmin:first
            db.example.com:*:paymentsdb:dbadmin:second
            *:*:*:*:third
            """));
  }

  @Test
  void colons_and_backslashes_are_escaped() throws IOException {
    assertEquals("a:b\\c", read("*:*:*:*:a\\:b\\\\c\n"));
  }

  @Test
  void a_line_that_is_written_is_read_again() throws IOException {
    assertEquals("a:b\\c", read(PasswordFile.line(ADDRESS, "a:b\\c")));
  }

  @Test
  void no_line_is_told_without_any_of_the_passwords() throws IOException {
    String said = refused("*:5432:*:*:secret\n", "rw-------");

    assertTrue(said.contains("must have a line for db.example.com:6432:paymentsdb:dbadmin"), said);
    assertTrue(!said.contains("secret"), said);
  }

  @Test
  void a_file_that_others_can_read_is_refused() throws IOException {
    String said = refused("*:*:*:*:secret\n", "rw-r--r--");

    assertTrue(said.contains("must be readable by its owner only (chmod 600)"), said);
  }

  @Test
  void a_file_that_is_not_there_is_told() {
    String said =
        assertThrows(
                BadInputException.class,
                () ->
                    PasswordFile.of(ADDRESS, Optional.of(folder.resolve("none").toString())).read())
            .getMessage();

    assertTrue(said.contains("none, which cannot be read"), said);
  }

  private String refused(String lines, String permissions) throws IOException {
    PasswordFile file = file(lines, permissions);
    return assertThrows(BadInputException.class, file::read).getMessage();
  }

  private String read(String lines) throws IOException {
    return file(lines, "rw-------").read();
  }

  private PasswordFile file(String lines, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("pgpass"), lines);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return PasswordFile.of(ADDRESS, Optional.of(file.toString()));
  }
}
