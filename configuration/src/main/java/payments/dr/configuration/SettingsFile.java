package payments.dr.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One settings file, as far as it could be read.
 *
 * @param path relative to the project root
 * @param tree without secrets; empty when the file is no YAML
 * @param config empty when the file has errors
 */
record SettingsFile<T>(String path, Optional<JsonNode> tree, Optional<T> config) {

  /** A text on the outermost level, even of a file whose other values are wrong. */
  Optional<String> text(String key) {
    return tree.map(it -> it.path(key).textValue());
  }
}
