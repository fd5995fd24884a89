package payments.dr.lambda.aws;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * Makes clients. None of them opens a connection before its first call, so they may be made before
 * a snapshot of the function is taken.
 *
 * @param endpoint in place of AWS; empty: the SDK decides, which heeds {@code AWS_ENDPOINT_URL}
 */
public record AwsClients(AwsCredentialsProvider credentials, Optional<URI> endpoint) {

  public static AwsClients ofTheFunction() {
    return new AwsClients(DefaultCredentialsProvider.builder().build(), Optional.empty());
  }

  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, String region, Bounds bounds) {
    bounds.limit(builder).region(Region.of(region)).credentialsProvider(credentials);
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }
}
