package payments.dr.main.iam;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request of {@code iam/decisions.yaml}.
 *
 * @param text what it is about
 * @param answer {@code Allowed}, {@code ImplicitlyDenied} or {@code ExplicitlyDenied}
 */
public record ListedDecision(String text, Question question, String answer) {

  private static final Path FILE = Path.of("src/test/resources/iam/decisions.yaml");
  private static final String ACCOUNT = "111111111111";
  private static final String ROLE = "arn:aws:sts::111111111111:assumed-role/app/s";

  private static final ObjectMapper YAML = new YAMLMapper();

  public static List<ListedDecision> read() {
    try {
      List<ListedDecision> all = new ArrayList<>();
      for (JsonNode entry : YAML.readTree(FILE.toFile())) {
        for (JsonNode ask : entry.path("asks")) {
          all.add(of(((ObjectNode) entry.deepCopy()).setAll((ObjectNode) ask)));
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ListedDecision of(JsonNode asked) {
    Map<String, Object> context =
        YAML.convertValue(
            asked.has("with") ? asked.path("with") : YAML.createObjectNode(),
            new TypeReference<>() {});
    Question question =
        new Question(
            asked.path("by").asText(ROLE),
            asked.path("call").asText(),
            asked.path("arn").asText(),
            asked.path("account").asText(ACCOUNT),
            context,
            policy(asked.path("identity")).stream().toList(),
            policy(asked.path("resource")),
            List.of());
    return new ListedDecision(asked.path("for").asText(), question, asked.path("answer").asText());
  }

  private static Optional<JsonNode> policy(JsonNode statements) {
    return statements.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            YAML.createObjectNode().put("Version", "2012-10-17").set("Statement", statements));
  }
}
