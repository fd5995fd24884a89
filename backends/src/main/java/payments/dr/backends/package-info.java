/**
 * Where Terraform keeps the state of a stack.
 *
 * <p>Inputs: {@link payments.dr.configuration.state.StateSettings}, and the names that fill in what
 * it leaves open. Outputs: a {@link payments.dr.configuration.state.StateBackend} that attaches
 * itself to one stack. Defaults: S3, in the DR Region, encrypted by the bucket, locked by a file
 * beside the state.
 */
package payments.dr.backends;
