package payments.dr.operations.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import payments.dr.operations.aws.AwsCallException;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The administrator's password, as Secrets Manager keeps it: the text of the secret is the
 * password.
 *
 * @param secret its name, such as {@code db-password-v2-prod}
 * @param region where it is at home
 */
record SecretPassword(
    Supplier<SecretsManagerClient> client, String secret, String region, Address address)
    implements Password {

  @Override
  public String read() {
    try (SecretsManagerClient secrets = client.get()) {
      return secrets.getSecretValue(request -> request.secretId(secret)).secretString();
    } catch (SdkException e) {
      // The service's own message names no value.
      String message =
          "password of %s must be readable as secret %s in %s, got \"%s\""
              .formatted(address, secret, region, AwsCallException.said(e));
      throw AwsCallException.in(e).isPresent()
          ? new CommandFailedException(message, e)
          : new BadInputException(message);
    }
  }

  /** Returns a file that is deleted when this program ends. */
  @Override
  public Path file() {
    try {
      // Made readable for its owner only, both folder and file, before anything is in it.
      Path folder =
          Files.createTempDirectory(
              "payments-dr",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path file =
          Files.createFile(
              folder.resolve("pgpass"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      return Files.writeString(file, PasswordFile.line(address, read()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
