/**
 * IAM as plain values: statements, documents, and roles for AWS services.
 *
 * <p>Defaults: inline policies next to their role, trust bound to the own account where the service
 * says whom it works for.
 */
package payments.dr.modules.iam;
