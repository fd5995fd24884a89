/** What policies of IAM and of resources allow and deny; knows no resource type and no rule. */
package payments.dr.compliance.policy;
