package payments.dr.operations.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import payments.dr.operations.encoding.Markdown;
import payments.dr.operations.encoding.MarkdownTable;
import payments.dr.testing.ProjectCopy;

/** docs/reference/all-settings.md: every key of the YAML files, from their schemas. */
final class SettingsPage {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SettingsPage() {}

  static String text() throws IOException {
    StringBuilder text = new StringBuilder();
    Markdown page = new Markdown(text);
    page.title("All settings");
    page.paragraph(
        """
        Every key of the files of environments, accounts and measurements, with its default and what is allowed.
        [Configuration](configuration.md) explains the important ones.""");
    page.paragraph("Made from the schemas by `-Dgolden.update`; not written by hand.");
    for (String folder : List.of("environments", "accounts", "measurements")) {
      page.heading("main/" + folder);
      MarkdownTable table = new MarkdownTable().words("Key", "Default", "Allowed", "Meaning");
      JsonNode schema =
          JSON.readTree(ProjectCopy.PROJECT.resolve("main/" + folder + "/schema.json").toFile());
      rows("", schema, table);
      page.table(table);
    }
    return text.toString();
  }

  private static void rows(String path, JsonNode object, MarkdownTable table) {
    for (var property : object.path("properties").properties()) {
      JsonNode value = property.getValue();
      String key = path + property.getKey();
      if (!value.has("properties")) {
        table.row(
            Markdown.code(key),
            standard(property.getKey(), value, object),
            allowed(value),
            Markdown.prose(value.path("description").asText()));
      }
      rows(key + ".", value, table);
      rows(key + "[].", value.path("items"), table);
    }
  }

  private static String standard(String name, JsonNode value, JsonNode object) {
    if (value.has("default")) {
      return Markdown.code(plain(value.get("default")));
    }
    boolean required =
        StreamSupport.stream(object.path("required").spliterator(), false)
            .anyMatch(it -> it.asText().equals(name));
    return required ? "required" : "–";
  }

  private static String allowed(JsonNode value) {
    List<String> words = new ArrayList<>();
    if (value.has("enum")) {
      words.add(
          StreamSupport.stream(value.get("enum").spliterator(), false)
              .map(SettingsPage::plain)
              .map(Markdown::code)
              .collect(Collectors.joining(", ")));
    } else if (value.has("pattern")) {
      words.add(
          Markdown.code(value.get("pattern").asText().replaceAll("^\\^\\((.*)\\)\\$$", "$1")));
    } else if (value.has("minimum") || value.has("maximum")) {
      words.add(range(value.path("minimum"), value.path("maximum")));
    } else {
      words.add(
          switch (value.path("type").asText()) {
            case "boolean" -> "`true`, `false`";
            case "array" -> "a list";
            case "integer", "number" -> "a number";
            default -> "a text";
          });
    }
    if (value.has("minItems") || value.has("maxItems")) {
      words.add(range(value.path("minItems"), value.path("maxItems")) + " entries");
    }
    if (value.has("items") && !value.path("items").has("properties")) {
      words.add("each " + allowed(value.get("items")));
    }
    return String.join("; ", words);
  }

  private static String range(JsonNode least, JsonNode most) {
    if (most.isMissingNode()) {
      return plain(least) + " or more";
    }
    return least.isMissingNode() ? "up to " + plain(most) : plain(least) + "–" + plain(most);
  }

  private static String plain(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }
}
