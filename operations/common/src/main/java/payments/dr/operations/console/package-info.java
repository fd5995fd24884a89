/** What a command reads and says: the project it belongs to, options, confirmations, failures. */
package payments.dr.operations.console;
