package payments.dr.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import payments.dr.configuration.settings.ConfigurationError;

/** Finds credentials that somebody wrote into a settings file, by their keys or by their looks. */
final class PlainSecrets {

  private static final Pattern KEY =
      Pattern.compile(
          "password|passwd|passphrase|secret|token|credential|apikey|accesskey|privatekey");

  /** A name, a version, a duration: what one may say about a secret without telling it. */
  private static final Pattern REFERENCE =
      Pattern.compile(".*(arn|name|version|length|days|hours|minutes|seconds)");

  private static final List<Look> LOOKS =
      List.of(
          new Look("an AWS access key id", "\\b(AKIA|ASIA)[A-Z0-9]{16}\\b"),
          new Look("a private key", "-----BEGIN [A-Z ]*PRIVATE KEY"),
          new Look("a URL with a password", "[A-Za-z][\\w+.-]*://[^/\\s:@]*:[^/\\s@]+@"));

  private record Look(String name, Pattern pattern) {
    Look(String name, String pattern) {
      this(name, Pattern.compile(pattern));
    }
  }

  private final List<ConfigurationError> errors = new ArrayList<>();

  private PlainSecrets() {}

  /**
   * Takes every secret out of the tree, so that no later message can print it, and leaves a
   * placeholder that {@link #removed} knows.
   */
  static List<ConfigurationError> removeFrom(JsonNode tree) {
    PlainSecrets secrets = new PlainSecrets();
    secrets.search(tree, "");
    return secrets.errors;
  }

  static boolean removed(JsonNode node) {
    return node.isPojo();
  }

  private void search(JsonNode node, String path) {
    if (node instanceof ObjectNode object) {
      for (String name : namesOf(object)) {
        String below = path.isEmpty() ? name : path + "." + name;
        if (isSecret(name, object.get(name), below)) {
          object.set(name, placeholder());
        } else {
          search(object.get(name), below);
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        String below = path + "[" + i + "]";
        if (isSecret("", array.get(i), below)) {
          array.set(i, placeholder());
        } else {
          search(array.get(i), below);
        }
      }
    }
  }

  private boolean isSecret(String key, JsonNode value, String path) {
    String found =
        LOOKS.stream()
            .filter(look -> value.isTextual() && look.pattern().matcher(value.asText()).find())
            .map(Look::name)
            .findFirst()
            .orElse(namesSecret(key) && holdsText(value) ? "a secret" : null);
    if (found != null) {
      errors.add(
          new ConfigurationError(
              path,
              "must not hold "
                  + found
                  + " in plain text: keep it in AWS Secrets Manager, and replace it when it was"
                  + " committed"));
    }
    return found != null;
  }

  private static boolean namesSecret(String key) {
    String name = key.replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
    return KEY.matcher(name).find() && !REFERENCE.matcher(name).matches();
  }

  /** As opposed to a switch, to a group of settings, and to nothing. */
  private static boolean holdsText(JsonNode value) {
    return value.isArray() || value.isNumber() || (value.isTextual() && !value.asText().isEmpty());
  }

  private static List<String> namesOf(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode placeholder() {
    return JsonNodeFactory.instance.pojoNode("secret");
  }
}
