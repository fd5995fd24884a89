package payments.dr.operations.doctor;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;
import payments.dr.operations.doctor.check.Result;
import payments.dr.operations.doctor.check.Verdict;

/** Writes answers for a person. */
final class DoctorText {

  private DoctorText() {}

  /** One line. */
  static String of(Answer answer) {
    Result result = answer.result();
    String remediation = result.remediation().isEmpty() ? "" : "; to do: " + result.remediation();
    return "%-14s  %-20s  %-10s  %s"
        .formatted(
            result.verdict().word(),
            answer.check().name(),
            answer.check().where(),
            result.found() + remediation);
  }

  /** How many there are of each. */
  static String counts(List<Answer> answers) {
    return Stream.of(Verdict.values())
        .map(
            verdict ->
                answers.stream().filter(it -> it.result().verdict() == verdict).count()
                    + " "
                    + verdict.word())
        .collect(joining(", "));
  }
}
