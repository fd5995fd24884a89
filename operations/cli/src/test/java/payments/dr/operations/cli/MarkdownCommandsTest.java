package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.testing.ProjectCopy;

/** A new block of a page runs without a change of the tests that run blocks. */
class MarkdownCommandsTest {

  @TempDir Path project;

  @Test
  void blocks_of_all_pages_are_found_at_any_depth_in_order() throws IOException {
    write("README.md", "```sh local\none\n```\n");
    write("docs/operate/drills.md", "```sh\nnot run\n```\n```sh local\nthree\n```\n");
    write("docs/deploy/aws.md", "1. A list:\n   ```sh local\n   two\n     more\n   ```\n");

    assertEquals(
        List.of("README.md: one", "docs/deploy/aws.md: two", "docs/operate/drills.md: three"),
        new MarkdownCommands(project, "local")
            .blocks().stream().map(MarkdownCommands.Block::name).toList());
    assertEquals(
        "two\n  more\n", new MarkdownCommands(project, "local").blocks().get(1).commands());
  }

  @Test
  void pages_without_a_block_are_refused() throws IOException {
    write("README.md", "```sh aws\none\n```\n");
    write("docs/oncall.md", "nothing");

    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class, () -> new MarkdownCommands(project, "local").blocks());

    assertTrue(refused.getMessage().contains("blocks of kind \"local\", got none"));
  }

  @Test
  void no_local_block_of_this_project_is_left_out() {
    long opened =
        Page.all().stream()
            .flatMap(page -> page.text().lines())
            .filter(line -> line.strip().startsWith("```sh local"))
            .count();

    assertEquals(opened, new MarkdownCommands(ProjectCopy.PROJECT, "local").blocks().size());
    assertTrue(opened > 15, opened + " blocks");
  }

  private void write(String page, String text) throws IOException {
    Path file = project.resolve(page);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
