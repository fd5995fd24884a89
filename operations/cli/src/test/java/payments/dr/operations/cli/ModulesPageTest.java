package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import payments.dr.operations.encoding.Markdown;
import payments.dr.operations.encoding.MarkdownTable;
import payments.dr.testing.ProjectCopy;

/** The page of the Maven modules is made from the poms; {@code -Dgolden.update} writes it anew. */
class ModulesPageTest {

  private static final Path PAGE = ProjectCopy.PROJECT.resolve("docs/modules.md");

  private static List<Module> modules;

  /**
   * One Maven module with Java of its own.
   *
   * @param folder relative to the project, such as {@code operations/cli}
   * @param uses modules that its code needs
   * @param testsUse modules that only its tests need
   */
  private record Module(
      String folder,
      String artifact,
      String description,
      List<String> uses,
      List<String> testsUse,
      long lines,
      long testLines) {

    /** As Mermaid takes it. */
    String id() {
      return artifact.replace('-', '_');
    }

    long allLines() {
      return lines + testLines;
    }
  }

  @BeforeAll
  static void readPoms() {
    List<Module> found = new ArrayList<>();
    read("", found);
    modules = List.copyOf(found);
  }

  @Test
  void page_is_what_the_poms_say() throws IOException {
    String page = page();
    if (System.getProperty("golden.update") != null) {
      Files.writeString(PAGE, page);
    }

    assertEquals(
        withoutLines(Files.readString(PAGE)),
        withoutLines(page),
        "docs/modules.md differs; run `mvn test -Dgolden.update` and review the diff");
  }

  @Test
  void no_module_has_more_than_a_third_of_all_lines() {
    long all = modules.stream().mapToLong(Module::allLines).sum();

    assertTrue(modules.size() > 15, modules::toString);
    for (Module module : modules) {
      assertTrue(
          module.allLines() * 3 <= all,
          () -> "%s has %d of %d lines".formatted(module.folder(), module.allLines(), all));
    }
  }

  private static String page() {
    StringBuilder text = new StringBuilder();
    Markdown page = new Markdown(text);
    page.title("Maven modules");
    page.paragraph(
        """
        Made from the poms by `-Dgolden.update`; not written by hand. An arrow leads from a module to one that its
        code needs; what only tests need is in the table. `testing` serves the tests of `main` and of all `operations`.""");
    page.code("mermaid", diagram());
    page.paragraph("Lines are in hundreds, as of the last time that this page was written.");
    MarkdownTable table =
        new MarkdownTable()
            .words("Module", "Holds", "Needs of ours", "Its tests need, too")
            .numbers("Lines", "of tests");
    for (Module module : modules) {
      table.row(
          Markdown.code(module.folder()),
          module.description(),
          folders(module.uses()),
          folders(module.testsUse()),
          hundreds(module.lines()),
          hundreds(module.testLines()));
    }
    page.table(table);
    return text.toString();
  }

  private static List<String> diagram() {
    List<String> diagram = new ArrayList<>(List.of("flowchart LR"));
    List<Module> ofOperations =
        modules.stream().filter(module -> module.folder().startsWith("operations/")).toList();
    modules.stream()
        .filter(module -> !ofOperations.contains(module))
        .forEach(module -> diagram.add("  %s[%s]".formatted(module.id(), module.folder())));
    diagram.add("  subgraph operations");
    ofOperations.forEach(
        module ->
            diagram.add(
                "    %s[%s]"
                    .formatted(module.id(), module.folder().substring("operations/".length()))));
    diagram.add("  end");
    for (Module module : modules) {
      module
          .uses()
          .forEach(used -> diagram.add("  %s --> %s".formatted(module.id(), named(used).id())));
    }
    return diagram;
  }

  /** Every change of the code would be one of the page, too. */
  private static String withoutLines(String page) {
    return page.replaceAll("(?m) [\\d,]+ \\| [\\d,]+ \\|$", "");
  }

  private static String hundreds(long lines) {
    return Markdown.format("%,d", (lines + 99) / 100 * 100);
  }

  private static String folders(List<String> artifacts) {
    return artifacts.isEmpty()
        ? "–"
        : String.join(
            ", ", artifacts.stream().map(it -> Markdown.code(named(it).folder())).toList());
  }

  private static Module named(String artifact) {
    return modules.stream().filter(it -> it.artifact().equals(artifact)).findFirst().orElseThrow();
  }

  private static void read(String folder, List<Module> found) {
    Element pom = pom(ProjectCopy.PROJECT.resolve(folder).resolve("pom.xml"));
    List<Element> below = elements(pom, "module");
    below.forEach(
        module -> read((folder.isEmpty() ? "" : folder + "/") + module.getTextContent(), found));
    if (!below.isEmpty()) {
      return;
    }
    List<String> uses = dependencies(pom, false);
    List<String> testsUse = new ArrayList<>(dependencies(pom, true));
    testsUse.removeAll(uses);
    found.add(
        new Module(
            folder,
            child(pom, "artifactId"),
            child(pom, "description"),
            uses,
            testsUse,
            lines(folder + "/src/main/java"),
            lines(folder + "/src/test/java")));
  }

  /** Artifacts of this project that the pom itself names. */
  private static List<String> dependencies(Element pom, boolean ofTests) {
    return elements(pom, "dependency").stream()
        .filter(it -> child(it, "groupId").equals("payments.dr"))
        .filter(it -> child(it, "scope").equals("test") == ofTests)
        .map(it -> child(it, "artifactId"))
        .distinct()
        .toList();
  }

  private static Element pom(Path file) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(file.toFile())
          .getDocumentElement();
    } catch (IOException | ParserConfigurationException | SAXException e) {
      throw new IllegalStateException(file + " must be a pom", e);
    }
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .map(Element.class::cast)
        .toList();
  }

  /** The text of a direct child; empty without it. */
  private static String child(Element parent, String name) {
    return elements(parent, name).stream()
        .filter(it -> it.getParentNode() == parent)
        .findFirst()
        .map(it -> it.getTextContent().strip().replaceAll("\\s+", " "))
        .orElse("");
  }

  private static long lines(String folder) {
    Path sources = ProjectCopy.PROJECT.resolve(folder);
    if (!Files.exists(sources)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(it -> it.toString().endsWith(".java"))
          .mapToLong(ModulesPageTest::count)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long count(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
