package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import payments.dr.testing.ProjectCopy;

/** What {@code make site} is told to make a site of. */
class SiteTest {

  /** Such as the evidence of drills, which is nobody's handbook. */
  @Test
  void folders_that_git_ignores_are_no_pages() throws IOException {
    String settings = Files.readString(ProjectCopy.PROJECT.resolve("site/.vitepress/config.mjs"));
    List<String> excluded =
        settings
            .lines()
            .filter(line -> line.contains("srcExclude:"))
            .flatMap(line -> List.of(line.split("\"")).stream())
            .filter(word -> word.contains("**"))
            .map(word -> word.replace("**/", "").replace("/**", ""))
            .toList();

    List<String> ignored =
        Files.readAllLines(ProjectCopy.PROJECT.resolve(".gitignore")).stream()
            .filter(line -> line.matches("/?[a-z].*/"))
            .map(line -> line.replaceAll("^/|/$", ""))
            .filter(folder -> !List.of("cdktf.out").contains(folder)) // has no pages
            .toList();

    assertTrue(excluded.contains("target"), excluded::toString);
    assertEquals(List.of(), ignored.stream().filter(folder -> !excluded.contains(folder)).toList());
  }
}
