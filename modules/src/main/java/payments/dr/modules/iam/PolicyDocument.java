package payments.dr.modules.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A policy document as JSON text.
 *
 * <p>Written here rather than by Terraform's {@code aws_iam_policy_document}, which is a data
 * source: a plan stays a function of file and state.
 */
public final class PolicyDocument {

  private static final ObjectMapper JSON = new ObjectMapper();

  private PolicyDocument() {}

  public static String of(Statement... statements) {
    return of(List.of(statements));
  }

  public static String of(List<Statement> statements) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Version", "2012-10-17");
    document.put("Statement", statements.stream().map(Statement::toJson).toList());
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a policy of texts and lists is always JSON", e);
    }
  }
}
