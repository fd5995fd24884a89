package payments.dr.main;

import com.hashicorp.cdktf.AssetType;
import com.hashicorp.cdktf.TerraformAsset;
import com.hashicorp.cdktf.TerraformStack;
import java.nio.file.Files;
import java.nio.file.Path;
import payments.dr.modules.failover.controller.FunctionCode;

/**
 * The jar of the failover function, which Maven builds in {@code lambda}; nothing here is compiled
 * against it.
 *
 * @param file absolute
 */
record FunctionJar(Path file, Digests digests) {

  /** Where it is, seen from the project's root. */
  static final Path BUILT = Path.of("lambda/target/failover-function.jar");

  /**
   * @throws MissingJarException when there is none
   */
  static FunctionJar at(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new MissingJarException("the failover function's jar", "lambda", file);
    }
    Path absolute = file.toAbsolutePath().normalize();
    return new FunctionJar(absolute, Digests.of(absolute));
  }

  /** Copies it into the stack's folder, under a name of its content. */
  FunctionCode addTo(TerraformStack stack) {
    TerraformAsset asset =
        TerraformAsset.Builder.create(stack, "failover-function")
            .path(file.toString())
            .type(AssetType.FILE)
            .assetHash(digests.md5())
            .build();
    return new FunctionCode(asset.getPath(), digests.sha256());
  }
}
