package payments.dr.backends;

import com.hashicorp.cdktf.CloudBackend;
import com.hashicorp.cdktf.LocalBackend;
import com.hashicorp.cdktf.NamedCloudWorkspace;
import com.hashicorp.cdktf.S3Backend;
import com.hashicorp.cdktf.TerraformStack;
import payments.dr.configuration.state.StateBackend;

/** Writes where a stack's state is kept into the stack. */
public final class TerraformBackends {

  private TerraformBackends() {}

  /** Makes this the stack's backend; a stack has one. */
  public static void attach(TerraformStack stack, StateBackend backend) {
    backend.when(
        s3 -> attachS3(stack, s3),
        cloud ->
            CloudBackend.Builder.create(stack)
                .organization(cloud.organization())
                .workspaces(new NamedCloudWorkspace(cloud.workspace()))
                .build(),
        local -> LocalBackend.Builder.create(stack).path(local.path()).build());
  }

  private static void attachS3(TerraformStack stack, StateBackend.S3 s3) {
    // Without "encrypt", which would ask for AES256 at each write and so bypass the key that the
    // bucket encrypts with by default.
    S3Backend backend =
        S3Backend.Builder.create(stack)
            .bucket(s3.bucket())
            .region(s3.region())
            .key(s3.key())
            .build();
    // Not in the bindings, which know only the DynamoDB lock that Terraform 1.11 deprecated.
    backend.addOverride("use_lockfile", true);
  }
}
