package payments.dr.operations.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import payments.dr.configuration.Environment;
import payments.dr.operations.BadInputException;
import payments.dr.operations.Project;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;

/**
 * The AWS of an environment: what the SDK finds by itself, except for a local AWS.
 *
 * @param endpoint of the local AWS
 */
public record AwsAccess(Optional<URI> endpoint) {

  /** Worthless: a local AWS checks no signature, and no real key may reach it. */
  private static final AwsCredentialsProvider LOCAL =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

  /**
   * @throws BadInputException when the environment wants a local AWS, and none runs
   */
  public static AwsAccess of(Project project, Environment environment) {
    if (!environment.config().localAws()) {
      return new AwsAccess(Optional.empty());
    }
    String given = System.getenv("AWS_ENDPOINT_URL");
    return local(given == null || given.isEmpty() ? running(project.root()) : given);
  }

  public static AwsAccess local(String endpoint) {
    return new AwsAccess(Optional.of(URI.create(endpoint)));
  }

  /** The builder, able to reach this AWS. */
  public <B extends AwsClientBuilder<B, ?>> B with(B builder) {
    endpoint.ifPresent(url -> builder.endpointOverride(url).credentialsProvider(LOCAL));
    return builder;
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
