/** Reads a Terraform plan and says whether it can hurt. */
package payments.dr.operations.review;
