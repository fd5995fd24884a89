package payments.dr.configuration.state;

import java.util.Locale;

/** What holds the state. */
public enum StateKind {
  /** An S3 bucket, shared by people and pipelines. */
  S3,
  /** A workspace of HCP Terraform (Terraform Cloud) or Terraform Enterprise. */
  TERRAFORM_CLOUD,
  /** A file below the project root, for a local AWS. */
  LOCAL;

  /** Returns the word that stands for it in a file. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
