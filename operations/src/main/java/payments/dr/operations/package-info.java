/**
 * The operator's command {@code ./dr}.
 *
 * <p>Reads files and AWS; it synthesizes nothing, so that it starts at once.
 */
package payments.dr.operations;
