package payments.dr.main;

import com.hashicorp.cdktf.TerraformStack;

/** The Terraform and AWS provider versions that the project is written for. */
final class ProviderVersion {

  /**
   * The bindings would pin the provider to the version that they were generated from, which lacks
   * the arguments that several constructs override. No other place names the version.
   */
  static final String CONSTRAINT = "~> 5.100";

  private ProviderVersion() {}

  /** Terraform 1.11 brought write-only arguments. */
  static void require(TerraformStack stack) {
    stack.addOverride("terraform.required_providers.aws.version", CONSTRAINT);
    stack.addOverride("terraform.required_version", ">= 1.11");
  }
}
