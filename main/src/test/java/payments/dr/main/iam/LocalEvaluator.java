package payments.dr.main.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import payments.dr.testing.Shell;

/** The part of the local AWS that evaluates policies. */
public final class LocalEvaluator {

  private static final Path EMULATOR = Path.of("../emulator");
  private static final Path HOME = Path.of("target/iam-evaluator");
  private static final Duration ANSWER = Duration.ofMinutes(3);

  private static final ObjectMapper JSON = new ObjectMapper();

  private LocalEvaluator() {}

  /** What it says to each question, in their order, in the words of {@link Simulator#ask}. */
  public static List<String> ask(List<Question> questions) {
    try {
      Files.createDirectories(HOME);
      Path asked = HOME.resolve("questions.json").toAbsolutePath();
      Path answered = HOME.resolve("answers.json").toAbsolutePath();
      JSON.writeValue(asked.toFile(), Simulator.json(questions));
      python("local_aws.access.questions", asked.toString(), answered.toString());
      return AttachedPolicy.texts(JSON.readTree(answered.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By service and operation: the action that IAM asks for, and the kinds of resources. */
  public static JsonNode operations() {
    try {
      return JSON.readTree(python("local_aws.access.operations"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String python(String module, String... arguments) {
    List<String> command = new ArrayList<>(List.of("python3", "-m", module));
    command.addAll(List.of(arguments));
    return new Shell(EMULATOR, Map.of()).run(ANSWER, command).expect(0).out();
  }
}
