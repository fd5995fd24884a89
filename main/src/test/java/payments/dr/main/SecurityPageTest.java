package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** SECURITY.md is made from the table of rules; {@code -Dgolden.update} writes it anew. */
class SecurityPageTest {

  private static final Path PAGE = SynthesizedStacks.PROJECT.resolve("SECURITY.md");

  @Test
  void page_equals_rules_and_stacks() throws IOException {
    String page = SecurityPage.of(SynthesizedStacks.TODAY);
    if (System.getProperty("golden.update") != null) {
      Files.writeString(PAGE, page);
    }

    assertEquals(
        Files.exists(PAGE) ? Files.readString(PAGE) : "no file " + PAGE,
        page,
        "SECURITY.md differs; run `mvn test -pl main -am -Dgolden.update` and review the diff");
  }
}
