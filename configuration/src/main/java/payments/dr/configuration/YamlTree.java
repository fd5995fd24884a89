package payments.dr.configuration;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import payments.dr.configuration.settings.ConfigurationError;
import payments.dr.configuration.settings.InvalidSettingsException;

/**
 * Reads YAML without its surprises: what {@code ObjectMapper.readTree} would let pass silently (a
 * key given twice, an alias read as text, a second document, 0123 read as 83) is an error here, or
 * stays the text it was.
 */
final class YamlTree {

  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          // "no" is a text; only true and false are Booleans.
          .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
          .build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String PLAIN_INTEGER = "-?(0|[1-9]\\d*)";

  private final YAMLParser parser;

  private YamlTree(YAMLParser parser) {
    this.parser = parser;
  }

  /**
   * @return an object without keys when there is nothing but comments
   * @throws InvalidSettingsException with the line of what is no YAML
   */
  static JsonNode read(String yaml) {
    try (YAMLParser parser = YAML.createParser(yaml)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      return new YamlTree(parser).document();
    } catch (JsonProcessingException e) {
      throw notYaml(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode document() throws IOException {
    if (parser.nextToken() == null) {
      return NODES.objectNode();
    }
    JsonNode node = node();
    if (parser.nextToken() != null) {
      throw error(line(), "must not begin a second document");
    }
    return node;
  }

  private JsonNode node() throws IOException {
    if (parser.isCurrentAlias()) {
      throw error(line(), "must spell the value out, got the alias \"*" + parser.getText() + "\"");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
      case VALUE_NULL -> NODES.nullNode();
      case VALUE_NUMBER_INT -> integer(parser.getText());
      case VALUE_NUMBER_FLOAT -> decimal(parser.getText());
      default -> NODES.textNode(parser.getText());
    };
  }

  private ObjectNode object() throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      object.set(key, node());
    }
    return object;
  }

  private ArrayNode array() throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(node());
    }
    return array;
  }

  /** Octal, hexadecimal and grouped numbers stay the text they are: nobody means 83 by 0123. */
  private static JsonNode integer(String text) {
    return text.matches(PLAIN_INTEGER)
        ? NODES.numberNode(new BigInteger(text))
        : NODES.textNode(text);
  }

  private static JsonNode decimal(String text) {
    try {
      return NODES.numberNode(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return NODES.textNode(text);
    }
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  /** Without the parser's excerpt of the file, which may hold a secret. */
  private static InvalidSettingsException notYaml(JsonProcessingException e) {
    int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    if (e.getCause() instanceof MarkedYAMLException cause) {
      return error(cause.getProblemMark().getLine() + 1, "is no YAML: " + cause.getProblem());
    }
    if (e.getProcessor() instanceof JsonParser at
        && e.getOriginalMessage().startsWith("Duplicate field")) {
      String pointer = at.getParsingContext().pathAsPointer().toString();
      return error(line, "repeats the key " + pointer.substring(1).replace('/', '.'));
    }
    return error(line, "is no YAML that settings can be read from");
  }

  private static InvalidSettingsException error(int line, String problem) {
    return new InvalidSettingsException(List.of(new ConfigurationError("line " + line, problem)));
  }
}
