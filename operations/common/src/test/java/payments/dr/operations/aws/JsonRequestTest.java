package payments.dr.operations.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A list is asked for to its end. */
class JsonRequestTest {

  private final List<String> asked = new ArrayList<>();

  @Test
  void every_page_is_asked_for_with_the_token_of_the_one_before() {
    assertEquals(List.of("0", "1", "2"), items("/jobs/?resourceType=Aurora"));
    assertEquals(
        List.of(
            "/jobs/?resourceType=Aurora",
            "/jobs/?resourceType=Aurora&nextToken=%2B1%3D",
            "/jobs/?resourceType=Aurora&nextToken=%2B2%3D"),
        asked);
  }

  @Test
  void path_without_a_query_gets_one() {
    items("/jobs/");

    assertEquals("/jobs/?nextToken=%2B1%3D", asked.get(1));
  }

  private List<String> items(String path) {
    return JsonRequest.get("backup", "ListJobs", path).all(this::answer, "Jobs").stream()
        .map(item -> item.asText())
        .toList();
  }

  private ObjectNode answer(JsonRequest request) {
    ObjectNode answer = new ObjectMapper().createObjectNode();
    answer.putArray("Jobs").add(Integer.toString(asked.size()));
    asked.add(request.path());
    return asked.size() == 3
        ? answer.putNull("NextToken")
        : answer.put("NextToken", "+%d=".formatted(asked.size()));
  }
}
