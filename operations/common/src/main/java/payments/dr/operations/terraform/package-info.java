/** How commands run Terraform and other tools against an environment's AWS. */
package payments.dr.operations.terraform;
