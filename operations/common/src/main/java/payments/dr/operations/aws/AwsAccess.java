package payments.dr.operations.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionRole;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.Project;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;

/**
 * The AWS of an environment: what the SDK finds by itself, except for a local AWS.
 *
 * @param endpoint of the local AWS
 * @param credentials of the caller
 * @param regions that the environment is in, such as {@code us-east-1}
 */
public record AwsAccess(
    Optional<URI> endpoint, AwsCredentialsProvider credentials, List<String> regions) {

  /** Worthless: a local AWS checks no signature, and no real key may reach it. */
  private static final AwsCredentialsProvider LOCAL =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

  /**
   * Returns the access to an environment's AWS.
   *
   * @throws BadInputException when the environment wants a local AWS, and none runs
   */
  public static AwsAccess of(Project project, Environment environment) {
    List<String> regions =
        Stream.of(RegionRole.values())
            .map(role -> environment.config().regions().get(role).name())
            .toList();
    if (!environment.config().localAws()) {
      return real(regions);
    }
    String given = System.getenv("AWS_ENDPOINT_URL");
    return local(given == null || given.isEmpty() ? running(project.root()) : given, regions);
  }

  public static AwsAccess local(String endpoint, List<String> regions) {
    return new AwsAccess(Optional.of(URI.create(endpoint)), LOCAL, regions);
  }

  private static AwsAccess real(List<String> regions) {
    AwsAccess nobody =
        new AwsAccess(Optional.empty(), AnonymousCredentialsProvider.create(), regions);
    return new AwsAccess(Optional.empty(), new SignIn(StsOfRegions.of(nobody)), regions);
  }

  /**
   * Builds a client of this AWS, in whose exceptions {@link AwsCallException#in} finds the
   * obstacle.
   *
   * @param builder that knows its Region and its limits
   * @throws AwsCallException when nobody is signed in: the first call's limits are too narrow for
   *     signing in
   */
  public <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
    credentials.resolveCredentials();
    endpoint.ifPresent(builder::endpointOverride);
    return builder
        .credentialsProvider(credentials)
        .overrideConfiguration(
            builder.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(new Calls(StsOfRegions.of(this)))
                .build())
        .build();
  }

  private static String running(Path root) {
    try {
      Process launcher =
          new ProcessBuilder(root.resolve("emulator/local-aws").toString(), "endpoint")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      launcher.getOutputStream().close();
      String url =
          new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (launcher.waitFor() != 0) {
        throw new BadInputException(
            "local AWS must run, found none: `make deploy` starts and fills it");
      }
      return url;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for the local AWS", e);
    }
  }
}
