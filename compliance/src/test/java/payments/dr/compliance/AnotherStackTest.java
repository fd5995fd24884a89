package payments.dr.compliance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the page for other projects shows compiles, because it is code of ours. */
class AnotherStackTest {

  private static final Path CODE =
      Path.of("src/test/java/payments/dr/compliance/ReportsStack.java");
  private static final Path PAGE = Path.of("../docs/rules-for-another-stack.md");

  @Test
  void the_page_shows_the_constructor_as_it_compiles() throws IOException {
    String code = Files.readString(CODE);
    String constructor =
        code.substring(code.indexOf("  ReportsStack(Construct app)"), code.lastIndexOf("}"));

    assertTrue(Files.readString(PAGE).contains("```java\n" + constructor + "```"), constructor);
  }
}
