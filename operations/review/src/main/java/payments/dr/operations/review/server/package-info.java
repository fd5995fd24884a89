/** {@code ./dr review-server}: reviews as a run task of HCP Terraform. */
package payments.dr.operations.review.server;
