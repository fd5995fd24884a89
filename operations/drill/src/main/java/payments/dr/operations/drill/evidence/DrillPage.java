package payments.dr.operations.drill.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Writes the report of a drill as one HTML file that needs no other: its picture is within it, and
 * it asks nobody for anything.
 */
final class DrillPage {

  private static final List<Extension> TABLES = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(TABLES).build();

  private DrillPage() {}

  /**
   * Returns the page.
   *
   * @param report in Markdown; HTML in it is shown as text
   * @param timeline the SVG that the report shows
   */
  static String of(String report, String timeline) {
    HtmlRenderer renderer =
        HtmlRenderer.builder()
            .extensions(TABLES)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .nodeRendererFactory(context -> new Picture(context, timeline))
            .build();
    String title = report.lines().findFirst().orElse("").replaceFirst("^# ", "");
    return template()
        .replace("{title}", title.replace("&", "&amp;").replace("<", "&lt;"))
        .replace("{report}", renderer.render(PARSER.parse(report)));
  }

  /** The only picture of a report is its timeline. */
  private record Picture(HtmlNodeRendererContext context, String timeline) implements NodeRenderer {

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(Image.class);
    }

    @Override
    public void render(Node image) {
      context.getWriter().raw("<span class=\"picture\" tabindex=\"0\">" + timeline + "</span>");
    }
  }

  private static String template() {
    try (InputStream file = DrillPage.class.getResourceAsStream("report-template.html")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
