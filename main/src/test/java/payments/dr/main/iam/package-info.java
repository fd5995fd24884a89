/**
 * What tests ask an IAM simulator: the policies of a synthesized stack, with Terraform's references
 * resolved, and the calls that roles need or must not make.
 */
package payments.dr.main.iam;
