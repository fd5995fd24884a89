package payments.dr.lambda.aws;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.port.PortException;
import software.amazon.awssdk.services.s3.S3Client;

class AuditBucketTest {

  private static final String OBJECT = "PUT /dr-audit/audit/incident/0000000042.json";
  private static final Map<String, String> ROW = Map.of("why", "drill", "act", "Latch");

  private StandInAws aws;

  @BeforeEach
  void start() throws IOException {
    aws = StandInAws.start().answers(OBJECT, 200);
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void row_is_one_object_of_json_that_s3_takes_once() {
    bucket().keep("incident", 42, ROW);

    StandInAws.Call put = aws.call(OBJECT);
    assertTrue(
        put.body()
            .contains(
                """
                {"incident":"incident","version":42,"values":{"act":"Latch","why":"drill"}}"""),
        put::body);
    assertEquals("*", put.headers().get("If-none-match"));
    assertEquals("application/json", put.headers().get("Content-type"));
    assertEquals("SHA256", put.headers().get("X-amz-sdk-checksum-algorithm"));
  }

  @Test
  void row_that_somebody_exported_before_is_there() {
    aws.answers(OBJECT, 412);

    assertDoesNotThrow(() -> bucket().keep("incident", 42, ROW));
  }

  @Test
  void row_that_is_not_taken_is_told() {
    aws.refuses(OBJECT, 403, "AccessDenied", "Access Denied");

    String told =
        assertThrows(PortException.class, () -> bucket().keep("incident", 42, ROW)).getMessage();

    assertTrue(
        told.startsWith(
            "audit row audit/incident/0000000042.json must be taken by bucket dr-audit, got "
                + "Access Denied"),
        told);
  }

  private AuditBucket bucket() {
    return new AuditBucket(
        aws.clients().client(S3Client.builder(), "us-east-2", StandInAws.PATIENT), "dr-audit");
  }
}
