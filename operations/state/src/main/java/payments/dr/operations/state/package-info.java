/**
 * The command {@code ./dr state}: what happens to Terraform's states besides plans and deployments.
 *
 * <p>It runs Terraform and the AWS CLI, so that nothing here knows more about states than they do.
 */
package payments.dr.operations.state;
