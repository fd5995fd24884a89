package payments.dr.operations.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import payments.dr.operations.console.Project;
import payments.dr.testing.ProjectCopy;

/** What is left is listed to the last page, in each Region. */
class LeftoversTest {

  private final Deque<String> answers = new ArrayDeque<>();
  private final StringWriter said = new StringWriter();

  @Test
  void every_page_of_each_region_is_told() {
    answers.add("{'ResourceTagMappingList': [{'ResourceARN': 'b'}], 'PaginationToken': 'more'}");
    answers.add("{'ResourceTagMappingList': [{'ResourceARN': 'a'}], 'PaginationToken': ''}");
    answers.add("{'ResourceTagMappingList': [{'ResourceARN': 'c'}], 'PaginationToken': null}");

    list();

    assertEquals(
        List.of("   left: a", "   left: b", "   left: c"),
        said.toString().lines().limit(3).toList());
    assertTrue(said.toString().contains("anything else must be deleted by hand"), said.toString());
    assertTrue(answers.isEmpty());
  }

  @Test
  void nothing_is_told_as_nothing() {
    answers.add("{'ResourceTagMappingList': []}");
    answers.add("{'ResourceTagMappingList': []}");

    list();

    assertEquals(
        "   nothing that is tagged is left", said.toString().strip().indent(3).stripTrailing());
  }

  @Test
  void region_of_a_witness_is_asked_too() {
    Project project = new Project(ProjectCopy.PROJECT);

    assertEquals(
        List.of("us-east-1", "us-east-2", "us-west-2"),
        Leftovers.regions(project.environment("local")));
    assertEquals(List.of("us-east-1", "us-east-2"), Leftovers.regions(project.environment("dev")));
  }

  private void list() {
    new Leftovers(
            (region, request) -> QuestionsTest.json(answers.remove()),
            List.of("us-east-1", "us-east-2"),
            "dev",
            new PrintWriter(said, true))
        .run();
  }
}
