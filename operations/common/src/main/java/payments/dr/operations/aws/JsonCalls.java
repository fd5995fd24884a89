package payments.dr.operations.aws;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * Calls services that speak JSON, with the SDK's signer, retries and exceptions: for a question or
 * two to a service, of which this project need not have the whole client. In its exceptions {@link
 * AwsCallException#in} finds the obstacle.
 */
public record JsonCalls(AwsAccess access) {

  private static final int ATTEMPTS = 4;
  private static final Duration LIMIT = Duration.ofSeconds(8);

  /**
   * Answers with what the service answers.
   *
   * @throws SdkException when it answers a fault, or not at all
   */
  public JsonNode ask(String region, JsonRequest request) {
    RetryStrategy retries = AwsRetryStrategy.standardRetryStrategy();
    RetryStrategy bounded = retries.toBuilder().maxAttempts(ATTEMPTS).build();
    try (SdkHttpClient http =
        UrlConnectionHttpClient.builder().connectionTimeout(LIMIT).socketTimeout(LIMIT).build()) {
      return repeated(bounded, http, region, request);
    } catch (SdkException e) {
      new Calls(StsOfRegions.of(access)).name(e, request.operation(), request.service(), region);
      throw e;
    }
  }

  private JsonNode repeated(
      RetryStrategy retries, SdkHttpClient http, String region, JsonRequest request) {
    AcquireInitialTokenResponse first =
        retries.acquireInitialToken(AcquireInitialTokenRequest.create(request.service()));
    RetryToken token = first.token();
    while (true) {
      try {
        JsonNode answer = once(http, region, request);
        retries.recordSuccess(RecordSuccessRequest.create(token));
        return answer;
      } catch (SdkException e) {
        RefreshRetryTokenResponse next = next(retries, token, e);
        token = next.token();
        pause(next.delay());
      }
    }
  }

  /**
   * @throws SdkException the failure, when it is not to be repeated
   */
  private static RefreshRetryTokenResponse next(
      RetryStrategy retries, RetryToken token, SdkException failure) {
    try {
      return retries.refreshRetryToken(
          RefreshRetryTokenRequest.builder().token(token).failure(failure).build());
    } catch (TokenAcquisitionFailedException e) {
      throw failure;
    }
  }

  private JsonNode once(SdkHttpClient client, String region, JsonRequest request) {
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                signing ->
                    signing
                        .identity(access.credentials().resolveCredentials())
                        .request(http(region, request))
                        .payload(ContentStreamProvider.fromUtf8String(request.body()))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, request.service())
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    HttpExecuteRequest.Builder http = HttpExecuteRequest.builder().request(signed.request());
    if (!request.body().isEmpty()) { // the JDK makes a POST of every request with a body
      http.contentStreamProvider(signed.payload().orElseThrow());
    }
    try {
      return read(request, client.prepareRequest(http.build()).call());
    } catch (IOException e) {
      throw SdkClientException.create("no answer of " + request.service(), e);
    }
  }

  private SdkHttpRequest http(String region, JsonRequest request) {
    SdkHttpRequest.Builder http =
        SdkHttpRequest.builder()
            .uri(endpoint(region, request.service()).resolve(request.path()))
            .method(method(request));
    request.target().ifPresent(target -> http.putHeader("X-Amz-Target", target));
    if (!request.body().isEmpty()) {
      http.putHeader("Content-Type", "application/x-amz-json-1.1")
          .putHeader(
              "Content-Length",
              String.valueOf(request.body().getBytes(StandardCharsets.UTF_8).length));
    }
    return http.build();
  }

  private static SdkHttpMethod method(JsonRequest request) {
    if (request.target().isPresent()) {
      return SdkHttpMethod.POST;
    }
    return request.body().isEmpty() ? SdkHttpMethod.GET : SdkHttpMethod.PUT;
  }

  /** Where the SDK's own clients would call, which take what an operator has set, too. */
  private URI endpoint(String region, String service) {
    return access
        .endpoint()
        .or(() -> Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")).map(URI::create))
        .orElseGet(() -> URI.create("https://%s.%s.amazonaws.com".formatted(service, region)));
  }

  private static JsonNode read(JsonRequest request, HttpExecuteResponse answer) throws IOException {
    String text =
        answer.responseBody().isPresent()
            ? new String(answer.responseBody().get().readAllBytes(), StandardCharsets.UTF_8)
            : "";
    JsonNode body = json(text);
    if (answer.httpResponse().isSuccessful()) {
      return body;
    }
    String code =
        answer
            .httpResponse()
            .firstMatchingHeader("x-amzn-ErrorType")
            .orElse(body.path("__type").asText(body.path("code").asText()));
    int status = answer.httpResponse().statusCode();
    throw AwsServiceException.builder()
        .statusCode(status)
        .message("HTTP %d of %s".formatted(status, request.service()))
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .serviceName(request.service())
                .errorCode(code.replaceFirst("^.*#", "").replaceFirst(":.*$", ""))
                .errorMessage(body.path("message").asText(body.path("Message").asText(text)))
                .build())
        .build();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted between two attempts", e);
    }
  }
}
