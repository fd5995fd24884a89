package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.compliance.Rules;

/**
 * docs/reference/security-rules.md and docs/controls.md are made from the table of rules, and what
 * scanners may find from the same exceptions; {@code -Dgolden.update} writes them anew.
 */
class SecurityPageTest {

  private static final List<EnvironmentCoverage> ENVIRONMENTS =
      EnvironmentCoverage.all(SynthesizedStacks.TODAY);

  @ParameterizedTest
  @MethodSource("pages")
  void page_equals_rules_and_stacks(
      String name, Function<List<EnvironmentCoverage>, String> written) throws IOException {
    Path file = SynthesizedStacks.PROJECT.resolve(name);
    String page = written.apply(ENVIRONMENTS);
    if (System.getProperty("golden.update") != null) {
      Files.writeString(file, page);
    }

    assertEquals(
        Files.exists(file) ? Files.readString(file) : "no file " + file,
        page,
        name + " differs; run `mvn test -pl main -am -Dgolden.update` and review the diff");
  }

  @Test
  void readme_says_how_many_rules_there_are() throws IOException {
    String readme = Files.readString(SynthesizedStacks.PROJECT.resolve("README.md"));

    assertTrue(readme.contains("**Security**: %d rules ".formatted(Rules.ALL.size())), readme);
  }

  static Stream<Arguments> pages() {
    return Stream.of(
        page("docs/reference/security-rules.md", SecurityPage::of),
        page("docs/controls.md", ControlsPage::of),
        page(".github/scanners/checkov.yaml", all -> ScannerList.checkov()),
        page(".github/scanners/trivy.yaml", all -> ScannerList.trivy()));
  }

  private static Arguments page(String name, Function<List<EnvironmentCoverage>, String> written) {
    return Arguments.of(name, written);
  }
}
