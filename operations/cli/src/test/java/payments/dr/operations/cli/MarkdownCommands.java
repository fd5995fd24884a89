package payments.dr.operations.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The shell commands of a project's pages, as code blocks of one kind. A block that begins with
 * {@code ```sh local} can be run against the local AWS, and is; {@code ```sh aws} needs a real
 * account.
 *
 * @param project a folder with a README.md, and with pages below {@code docs/} at any depth
 */
record MarkdownCommands(Path project, String kind) {

  /**
   * One code block.
   *
   * @param page relative to the project
   * @param commands its lines, without indentation
   */
  record Block(Path page, String commands) {

    /** Page and first line. */
    String name() {
      return page + ": " + commands.strip().lines().findFirst().orElseThrow();
    }
  }

  /**
   * Each block whole, page after page by their paths, and in each page's order.
   *
   * @throws IllegalStateException if no page has such a block
   */
  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    pages().forEach(page -> blocks.addAll(blocks(page)));
    if (blocks.isEmpty()) {
      throw new IllegalStateException(
          "pages of %s must have blocks of kind \"%s\", got none".formatted(project, kind));
    }
    return blocks;
  }

  private List<Block> blocks(Path page) {
    Pattern block = Pattern.compile("(?ms)^( *)```sh " + kind + "\\n(.*?)^\\1```$");
    try {
      return block
          .matcher(Files.readString(page))
          .results()
          .map(found -> new Block(project.relativize(page), outdented(found)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String outdented(MatchResult block) {
    return block.group(2).replaceAll("(?m)^" + block.group(1), "");
  }

  private List<Path> pages() {
    try (Stream<Path> handbook = Files.walk(project.resolve("docs"))) {
      return Stream.concat(
              Stream.of(project.resolve("README.md")),
              handbook.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
