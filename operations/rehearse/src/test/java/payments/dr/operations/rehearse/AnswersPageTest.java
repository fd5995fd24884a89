package payments.dr.operations.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.operations.rehearse.AnswersPage.Row;
import payments.dr.testing.ProjectCopy;

/** The page of what rehearsals found out. */
class AnswersPageTest {

  private static final LocalDate DAY = LocalDate.parse("2026-01-01");

  @TempDir Path folder;

  @Test
  void an_answer_takes_the_place_of_the_older_one_of_the_same_place_only() {
    AnswersPage page = new AnswersPage(folder.resolve("page.md"));
    page.write(List.of(row("Is it so?", "emulated", DAY, "no"), row("And that?", "AWS", DAY, "?")));
    page.write(List.of(row("Is it so?", "AWS", DAY.plusDays(1), "yes")));
    page.write(List.of(row("Is it so?", "emulated", DAY.plusDays(2), "yes")));

    assertEquals(
        List.of(
            row("And that?", "AWS", DAY, "?"),
            row("Is it so?", "AWS", DAY.plusDays(1), "yes"),
            row("Is it so?", "emulated", DAY.plusDays(2), "yes")),
        page.read());
  }

  @Test
  void an_answer_ends_no_row_and_names_no_account() {
    AnswersPage page = new AnswersPage(folder.resolve("page.md"));

    page.write(
        List.of(row("Is it so?", "AWS", DAY, "arn:aws:sns:us-east-1:123456789012:a | b\n c")));

    assertEquals("arn:aws:sns:us-east-1:<account>:a / b c", page.read().get(0).answer());
  }

  @Test
  void committed_page_is_as_it_would_be_written() throws IOException {
    Path committed = ProjectCopy.PROJECT.resolve(AnswersPage.FILE);

    assertEquals(AnswersPage.text(new AnswersPage(committed).read()), Files.readString(committed));
  }

  private static Row row(String question, String where, LocalDate date, String answer) {
    return new Row(question, "asked", where, date, answer);
  }
}
