package payments.dr.lambda.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rds.RdsClient;

/** That every call ends in time, and none is tried more often than it may be. */
class BoundsTest {

  static List<Arguments> bounds() {
    return List.of(
        Arguments.of(Bounds.DARK, 1),
        Arguments.of(Bounds.PROMOTE, 1),
        Arguments.of(Bounds.LOOK, 2),
        Arguments.of(Bounds.LEDGER, 3));
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void call_that_fails_is_tried_so_often(Bounds bounds, int attempts) throws IOException {
    try (StandInAws aws = StandInAws.start().answers("DescribeGlobalClusters", 500)) {
      RdsClient client = aws.clients().client(RdsClient.builder(), "us-east-1", bounds);

      assertThrows(SdkException.class, client::describeGlobalClusters);

      assertEquals(attempts, aws.calls("DescribeGlobalClusters").size());
    }
  }

  @Test
  void region_that_takes_the_connection_and_says_nothing_is_given_up_in_a_second()
      throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        StandInAws aws = StandInAws.start()) {
      URI endpoint = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      RdsClient client =
          new AwsClients(aws.clients().credentials(), Optional.of(endpoint))
              .client(RdsClient.builder(), "us-east-1", Bounds.DARK);
      Instant start = Instant.now();

      assertThrows(SdkClientException.class, client::describeGlobalClusters);

      Duration waited = Duration.between(start, Instant.now());
      assertTrue(waited.compareTo(Duration.ofMillis(900)) > 0, waited::toString);
      assertTrue(waited.compareTo(Duration.ofSeconds(4)) < 0, waited::toString);
    }
  }
}
