/**
 * The operator's command {@code ./dr}: all capabilities behind one command, and what connects them.
 *
 * <p>Reads files and AWS; it synthesizes nothing, so that it starts at once.
 */
package payments.dr.operations.cli;
