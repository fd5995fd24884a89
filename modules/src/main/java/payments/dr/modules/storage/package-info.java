/**
 * Private S3 buckets and the access logs that they and the load balancers write.
 *
 * <p>Inputs: {@link payments.dr.configuration.storage.StorageSettings}. Outputs: bucket names and
 * ARNs. Defaults: versions kept 30 days after they are replaced, TLS 1.2 or newer only, all public
 * access blocked, ACLs off, request logs on.
 */
package payments.dr.modules.storage;
