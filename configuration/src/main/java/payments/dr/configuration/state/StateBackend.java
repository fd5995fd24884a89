package payments.dr.configuration.state;

import java.util.function.Consumer;

/** The place of one stack's state. */
public sealed interface StateBackend {

  /** Calls the one consumer that takes this kind of backend. */
  void when(
      Consumer<? super S3> s3,
      Consumer<? super TerraformCloud> terraformCloud,
      Consumer<? super Local> local);

  /** An object in a bucket, locked by a second object while Terraform writes. */
  record S3(String bucket, String region, String key) implements StateBackend {

    public static S3 of(String bucket, String region, String stackName) {
      return new S3(bucket, region, stackName + "/terraform.tfstate");
    }

    @Override
    public void when(
        Consumer<? super S3> s3,
        Consumer<? super TerraformCloud> terraformCloud,
        Consumer<? super Local> local) {
      s3.accept(this);
    }
  }

  /**
   * A workspace of HCP Terraform, or of the Terraform Enterprise that {@code TF_CLOUD_HOSTNAME}
   * names. It holds one stack's state, locks it, and can run its plans.
   */
  record TerraformCloud(String organization, String workspace) implements StateBackend {

    @Override
    public void when(
        Consumer<? super S3> s3,
        Consumer<? super TerraformCloud> terraformCloud,
        Consumer<? super Local> local) {
      terraformCloud.accept(this);
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

    public static Local of(String stackName) {
      return new Local("../../../.local-aws/" + stackName + ".tfstate");
    }

    @Override
    public void when(
        Consumer<? super S3> s3,
        Consumer<? super TerraformCloud> terraformCloud,
        Consumer<? super Local> local) {
      local.accept(this);
    }
  }
}
