package payments.dr.main;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import payments.dr.compliance.AcceptedRisk;
import payments.dr.compliance.Gap;
import payments.dr.compliance.References;

/**
 * What scanners of others may find in prod's stacks: the checks of everything that is open or
 * accepted, each with its reasons, in a scanner's own form.
 */
final class ScannerList {

  private static final String HEAD =
      """
      # What %s finds in prod's stacks, and why it may stay. Made from what is open or accepted (Gap and
      # AcceptedRisk of compliance), not written by hand: `mvn test -pl main -am -Dgolden.update`.
      """;

  private ScannerList() {}

  /** checkov's configuration. */
  static String checkov() {
    return HEAD.formatted("checkov")
        + "skip-check:\n"
        + reasons("CKV").entrySet().stream()
            .map(it -> "  - %s # %s\n".formatted(it.getKey(), String.join("; ", it.getValue())))
            .collect(Collectors.joining());
  }

  /** trivy's list of what it ignores. */
  static String trivy() {
    return HEAD.formatted("trivy")
        + "misconfigurations:\n"
        + reasons("AWS-").entrySet().stream()
            .map(
                it ->
                    "  - id: %s\n    statement: \"%s\"\n"
                        .formatted(it.getKey(), String.join("; ", it.getValue())))
            .collect(Collectors.joining());
  }

  private static Map<String, Set<String>> reasons(String prefix) {
    Map<String, Set<String>> reasons = new LinkedHashMap<>();
    Stream.concat(
            AcceptedRisk.ALL.stream()
                .map(it -> Map.entry(it.references(), it.what() + ": " + it.reason())),
            Gap.ALL.stream().map(it -> Map.entry(it.references(), it.what() + ": " + it.reason())))
        .forEach(
            it ->
                checks(it.getKey(), prefix)
                    .forEach(
                        check ->
                            reasons
                                .computeIfAbsent(check, id -> new LinkedHashSet<>())
                                .add(it.getValue())));
    return reasons;
  }

  private static Stream<String> checks(References references, String prefix) {
    return references.checks().stream().filter(check -> check.startsWith(prefix));
  }
}
