/** The forms in which {@code ./dr} writes and identifies data. */
package payments.dr.operations.encoding;
