package payments.dr.backends;

import com.hashicorp.cdktf.CloudBackend;
import com.hashicorp.cdktf.LocalBackend;
import com.hashicorp.cdktf.NamedCloudWorkspace;
import com.hashicorp.cdktf.S3Backend;
import com.hashicorp.cdktf.TerraformStack;

/** The place of one stack's state. */
public sealed interface StateBackend {

  /** Makes this the stack's backend; a stack has one. */
  void attachTo(TerraformStack stack);

  /** An object in a bucket, locked by a second object while Terraform writes. */
  record S3(String bucket, String region, String key) implements StateBackend {

    static S3 of(String bucket, String region, String stackName) {
      return new S3(bucket, region, stackName + "/terraform.tfstate");
    }

    @Override
    public void attachTo(TerraformStack stack) {
      // Without "encrypt", which would ask for AES256 at each write and so bypass the key that the
      // bucket encrypts with by default.
      S3Backend backend =
          S3Backend.Builder.create(stack).bucket(bucket).region(region).key(key).build();
      // Not in the bindings, which know only the DynamoDB lock that Terraform 1.11 deprecated.
      backend.addOverride("use_lockfile", true);
    }
  }

  /**
   * A workspace of HCP Terraform, or of the Terraform Enterprise that {@code TF_CLOUD_HOSTNAME}
   * names. It holds one stack's state, locks it, and can run its plans.
   */
  record TerraformCloud(String organization, String workspace) implements StateBackend {

    @Override
    public void attachTo(TerraformStack stack) {
      CloudBackend.Builder.create(stack)
          .organization(organization)
          .workspaces(new NamedCloudWorkspace(workspace))
          .build();
    }
  }

  /**
   * A file in {@code .local-aws} below the project root, beside what the local AWS itself keeps:
   * the state lives and dies with the resources it describes.
   *
   * @param path relative to the directory that Terraform runs in, {@code cdktf.out/stacks/<stack>},
   *     so that the synthesized JSON is the same on every machine
   */
  record Local(String path) implements StateBackend {

    static Local of(String stackName) {
      return new Local("../../../.local-aws/" + stackName + ".tfstate");
    }

    @Override
    public void attachTo(TerraformStack stack) {
      LocalBackend.Builder.create(stack).path(path).build();
    }
  }
}
