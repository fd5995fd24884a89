package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.testing.ProjectCopy;

/** Pages that are made from the code; {@code -Dgolden.update} writes them anew. */
class ReferencePagesTest {

  /** Makes the text of a page. */
  private interface Writer {
    String text() throws IOException;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void page_is_what_the_code_says(String name, Writer writer) throws IOException {
    Path file = ProjectCopy.PROJECT.resolve("docs/reference/" + name);
    String page = writer.text();
    if (System.getProperty("golden.update") != null) {
      Files.writeString(file, page);
    }

    assertEquals(
        Files.exists(file) ? Files.readString(file) : "no file " + file,
        page,
        name + " differs; run `mvn test -Dgolden.update` and review the diff");
  }

  static Stream<Arguments> pages() {
    return Stream.of(
        page("commands.md", CommandsPage::text),
        page("alarms.md", AlarmsPage::text),
        page("all-settings.md", SettingsPage::text));
  }

  /** The message of an alarm is all that its reader has. */
  @Test
  void every_alarm_names_a_command_that_exists() throws IOException {
    var firsts =
        Pattern.compile("First run `\\./dr ([a-z]+)").matcher(AlarmsPage.text()).results().toList();

    assertTrue(firsts.size() > 40, firsts.size() + " alarms");
    firsts.forEach(
        first ->
            assertTrue(
                Dr.commandLine().getSubcommands().containsKey(first.group(1)), first::group));
  }

  private static Arguments page(String name, Writer writer) {
    return Arguments.of(name, writer);
  }
}
