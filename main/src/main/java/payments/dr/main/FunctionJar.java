package payments.dr.main;

import com.hashicorp.cdktf.AssetType;
import com.hashicorp.cdktf.TerraformAsset;
import com.hashicorp.cdktf.TerraformStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import payments.dr.modules.failover.controller.FunctionCode;

/**
 * The jar of the failover function, which Maven builds in {@code lambda}; nothing here is compiled
 * against it.
 *
 * @param file absolute
 * @param sha256 of its bytes, in Base64
 */
record FunctionJar(Path file, String sha256) {

  /** Where it is, seen from the project's root. */
  static final Path BUILT = Path.of("lambda/target/failover-function.jar");

  /** Thrown when the jar was not built. */
  static final class MissingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private MissingException(Path file) {
      super(
          "the failover function's jar must exist, found none at "
              + file.toAbsolutePath()
              + "; build it with `mvn -q -pl lambda -am -DskipTests package`");
    }
  }

  /**
   * @throws MissingException when there is none
   */
  static FunctionJar at(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new MissingException(file);
    }
    return new FunctionJar(file.toAbsolutePath().normalize(), sha256(file));
  }

  /** Copies it into the stack's folder, under a name of its content. */
  FunctionCode addTo(TerraformStack stack) {
    TerraformAsset asset =
        TerraformAsset.Builder.create(stack, "failover-function")
            .path(file.toString())
            .type(AssetType.FILE)
            .build();
    return new FunctionCode(asset.getPath(), sha256);
  }

  private static String sha256(Path file) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return Base64.getEncoder().encodeToString(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
