package payments.dr.operations.rehearse;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.StreamSupport;
import payments.dr.operations.console.CommandFailedException;

/**
 * Asks {@code ./dr doctor}, and tells what it has to say. A check that fails ends no rehearsal: a
 * subscription that nobody has confirmed does, for one, and the drills show what matters.
 *
 * @param pause before it is asked again: alarms and functions that were just made need a while
 */
record Doctor(Programs programs, String environment, PrintWriter out, Runnable pause)
    implements Step.Action {

  private static final String OK = "ok";
  private static final String FAILS = "fails";

  /** What one check found. */
  record Answer(String check, String where, String result, String found) {

    boolean isOk() {
      return result.equals(OK);
    }
  }

  /** Asks until no fewer checks fail than before. */
  @Override
  public void run() {
    List<Answer> answers = ask();
    long failed = failing(answers);
    while (failed > 0) {
      pause.run();
      answers = ask();
      if (failing(answers) >= failed) {
        break;
      }
      failed = failing(answers);
    }
    for (Answer answer : answers) {
      if (!answer.isOk()) {
        out.printf(
            "   %s: %s %s: %s%n", answer.result(), answer.check(), answer.where(), answer.found());
      }
    }
    out.printf(
        "   %d of %d checks are ok%n",
        answers.stream().filter(Answer::isOk).count(), answers.size());
    out.flush();
  }

  /**
   * Returns what every check found, the test alarm included.
   *
   * @throws CommandFailedException when AWS does not say who calls
   */
  List<Answer> ask() {
    String said = programs.ask("./dr", "doctor", environment, "--test-alarm", "--format", "json");
    JsonNode checks = checks(said);
    List<Answer> answers =
        StreamSupport.stream(checks.spliterator(), false)
            .map(
                check ->
                    new Answer(
                        check.path("check").asText(),
                        check.path("where").asText(),
                        check.path("result").asText(),
                        check.path("found").asText()))
            .toList();
    if (answers.size() < 2) { // the first is about credentials
      throw new CommandFailedException(
          "./dr doctor %s must answer, got %s".formatted(environment, answers));
    }
    return answers;
  }

  private static JsonNode checks(String said) {
    try {
      return JSON.readTree(said).path("checks");
    } catch (JsonProcessingException e) {
      throw new CommandFailedException("./dr doctor must print JSON, got " + said.strip());
    }
  }

  private static long failing(List<Answer> answers) {
    return answers.stream().filter(answer -> answer.result().equals(FAILS)).count();
  }
}
