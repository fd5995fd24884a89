package payments.dr.main;

import com.hashicorp.cdktf.AssetType;
import com.hashicorp.cdktf.TerraformAsset;
import com.hashicorp.cdktf.TerraformStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import payments.dr.modules.compute.RenewerCode;

/**
 * The jar that renews the lease, which Maven builds in {@code renewer}; needed only by environments
 * whose lease is renewed.
 */
record RenewerJar(Path file) {

  /** Where it is, seen from the project's root. */
  static final Path BUILT = Path.of("renewer/target/lease-renewer.jar");

  /**
   * Copies it into the stack's folder, under a name of its content.
   *
   * @throws MissingJarException when there is none
   */
  RenewerCode addTo(TerraformStack stack) {
    if (!Files.isRegularFile(file)) {
      throw new MissingJarException("the lease renewer's jar", "renewer", file);
    }
    Path absolute = file.toAbsolutePath().normalize();
    Digests digests = Digests.of(absolute);
    TerraformAsset asset =
        TerraformAsset.Builder.create(stack, "lease-renewer")
            .path(absolute.toString())
            .type(AssetType.FILE)
            .assetHash(digests.md5())
            .build();
    byte[] sha256 = Base64.getDecoder().decode(digests.sha256());
    return new RenewerCode(asset.getPath(), HexFormat.of().formatHex(sha256));
  }
}
