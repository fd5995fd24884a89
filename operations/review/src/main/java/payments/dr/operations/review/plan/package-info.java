/** What Terraform plans, as {@code terraform show -json} prints it. */
package payments.dr.operations.review.plan;
