package payments.dr.operations.rehearse;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A question that a check of {@code ./dr doctor} answers.
 *
 * @param check its name there
 * @param answers of all checks
 */
record OfDoctor(String asks, String check, List<Doctor.Answer> answers) implements Question {

  @Override
  public String tried() {
    return "./dr doctor --test-alarm, " + check;
  }

  @Override
  public String answer() {
    String said =
        answers.stream()
            .filter(answer -> answer.check().equals(check))
            .map(answer -> "%s, %s: %s".formatted(answer.where(), answer.result(), answer.found()))
            .collect(Collectors.joining("; "));
    return said.isEmpty() ? "not asked" : said;
  }
}
