package payments.dr.configuration;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A project of valid files in a temporary directory, for a test to break. */
record ProjectFiles(Path root) {

  static final String ACCOUNT =
      """
      id: "111111111111"
      owner: payments-platform
      bucketPrefix: acme
      regions:
        primary: us-east-1
        dr: us-east-2
      """;

  static final String ENVIRONMENT =
      """
      account: nonprod
      owner: payments-platform
      bucketPrefix: acme
      regions:
        primary:
          name: us-east-1
          cidrBlock: 10.0.0.0/16
          availabilityZones: [us-east-1a, us-east-1b]
        dr:
          name: us-east-2
          cidrBlock: 10.1.0.0/16
          availabilityZones: [us-east-2a, us-east-2b]
      dns:
        domainName: payments-dev.example.com
      """;

  static ProjectFiles valid(Path root) {
    return new ProjectFiles(root)
        .with("main/accounts/nonprod.yaml", ACCOUNT)
        .with("main/environments/dev.yaml", ENVIRONMENT);
  }

  ProjectFiles with(String file, String content) {
    try {
      Files.createDirectories(root.resolve(file).getParent());
      Files.writeString(root.resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Changes one part of a file that must be there. */
  ProjectFiles replace(String file, String part, String by) {
    try {
      String content = Files.readString(root.resolve(file));
      assertTrue(content.contains(part), () -> file + " lacks " + part);
      return with(file, content.replace(part, by));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Configuration read() {
    return Configuration.read(root, Optional.empty());
  }

  /** The message that refuses these files. */
  String refusal() {
    return refusal(null);
  }

  String refusal(String suffix) {
    return assertThrows(
            InvalidConfigurationException.class,
            () -> Configuration.read(root, Optional.ofNullable(suffix)))
        .getMessage();
  }
}
