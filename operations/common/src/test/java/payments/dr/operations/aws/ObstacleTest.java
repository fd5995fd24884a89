package payments.dr.operations.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;

/** Which obstacle each of AWS's codes, and each failure of the network, is taken for. */
class ObstacleTest {

  private static final List<String> REGIONS = List.of("us-east-1", "us-east-2");

  @ParameterizedTest
  @CsvSource({
    // AWS's common errors, and those of DynamoDB, RDS, Secrets Manager, STS and S3.
    "ExpiredTokenException, 400, NOT_SIGNED_IN",
    "ExpiredTokenException, 403, NOT_SIGNED_IN",
    "ExpiredToken, 403, NOT_SIGNED_IN",
    "RequestExpired, 400, NOT_SIGNED_IN",
    "UnauthorizedException, 401, NOT_SIGNED_IN",
    "AccessDeniedException, 400, REFUSED",
    "AccessDenied, 403, REFUSED",
    "UnauthorizedOperation, 403, REFUSED",
    "NotAuthorized, 400, REFUSED",
    "OptInRequired, 403, REFUSED",
    "UnrecognizedClientException, 400, REFUSED",
    "InvalidClientTokenId, 403, REFUSED",
    "InvalidAccessKeyId, 403, REFUSED",
    "InvalidSignatureException, 400, REFUSED",
    "SignatureDoesNotMatch, 403, REFUSED",
    "IncompleteSignature, 400, REFUSED",
    "MissingAuthenticationToken, 403, REFUSED",
    "AuthFailure, 401, REFUSED",
    "SomethingElse, 403, REFUSED",
    "ThrottlingException, 400, THROTTLED",
    "Throttling, 400, THROTTLED",
    "ProvisionedThroughputExceededException, 400, THROTTLED",
    "RequestLimitExceeded, 503, THROTTLED",
    "SlowDown, 503, THROTTLED",
    "Anything, 429, THROTTLED",
    "InternalServerError, 500, NO_ANSWER",
    "InternalFailure, 500, NO_ANSWER",
    "ServiceUnavailable, 503, NO_ANSWER",
    "ResourceNotFoundException, 400, ",
    "ConditionalCheckFailedException, 400, ",
    "TransactionCanceledException, 400, ",
    "DBClusterNotFoundFault, 404, ",
    "ValidationException, 400, "
  })
  void code_is_taken_for(String code, int status, Obstacle expected) {
    AwsServiceException answer =
        AwsServiceException.builder()
            .statusCode(status)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build();

    assertEquals(Optional.ofNullable(expected), Obstacle.of(answer));
  }

  @Test
  void closed_port_is_no_answer() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }

    assertNoAnswer("http://127.0.0.1:" + closed, "ConnectException");
  }

  @Test
  void name_that_does_not_resolve_is_no_answer() {
    assertNoAnswer("http://nowhere.invalid", "UnknownHostException: nowhere.invalid");
  }

  @Test
  void server_that_never_answers_is_no_answer() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertNoAnswer("http://127.0.0.1:" + silent.getLocalPort(), "Timeout");
    }
  }

  /** Who signs in by files that are missing has a network all the same. */
  @Test
  void file_that_cannot_be_read_is_not_silence() {
    IOException missing = new NoSuchFileException("token");

    assertEquals(Optional.empty(), Obstacle.of(SdkClientException.create("no token", missing)));
    assertEquals(Optional.empty(), Obstacle.of(new UncheckedIOException(missing)));
  }

  @ParameterizedTest
  @ValueSource(classes = {AwsServiceException.class, SdkClientException.class})
  void failure_of_a_call_keeps_its_class(Class<? extends SdkException> expected) {
    try (StandInAws aws = StandInAws.start()) {
      boolean answers = expected == AwsServiceException.class;
      if (!answers) {
        aws.on("us-east-2/rds", StandInAws.Answer.dropped());
      }
      SdkException failed = assertThrows(expected, () -> call(aws.endpoint()));

      AwsCallException call = AwsCallException.in(failed).orElseThrow();
      assertEquals(answers ? Obstacle.REFUSED : Obstacle.NO_ANSWER, call.obstacle());
      assertEquals(Optional.of("us-east-2"), call.region());
    }
  }

  private static void assertNoAnswer(String endpoint, String why) {
    SdkException failed = assertThrows(SdkException.class, () -> call(endpoint));

    AwsCallException call = AwsCallException.in(failed).orElseThrow();
    assertEquals(Obstacle.NO_ANSWER, call.obstacle());
    assertTrue(
        call.getMessage().startsWith("no answer to DescribeGlobalClusters of Rds in us-east-2: "),
        call.getMessage());
    assertTrue(call.getMessage().contains(why), call.getMessage());
  }

  private static void call(String endpoint) {
    try (RdsClient rds =
        AwsAccess.local(endpoint, REGIONS)
            .client(
                RdsClient.builder()
                    .region(Region.US_EAST_2)
                    .httpClientBuilder(UrlConnectionHttpClient.builder())
                    .overrideConfiguration(
                        limits ->
                            limits
                                .apiCallAttemptTimeout(Duration.ofSeconds(1))
                                .apiCallTimeout(Duration.ofSeconds(3))
                                .retryStrategy(retries -> retries.maxAttempts(1))))) {
      rds.describeGlobalClusters();
    }
  }
}
