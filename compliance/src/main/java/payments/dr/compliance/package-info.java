/**
 * One table of security rules over the synthesized JSON of a stack, and what it says about controls
 * of PCI DSS, AWS FSBP and CIS.
 *
 * <p>A construct calls {@link payments.dr.compliance.SecurityPolicy#apply} once everything is made;
 * only that class knows CDKTF. A rule sees a resource with its neighbours: the parts that Terraform
 * splits a bucket, a topic or a load balancer into, found by their references.
 */
package payments.dr.compliance;
