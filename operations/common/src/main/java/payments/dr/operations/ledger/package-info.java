/** How commands reach the ledger of an environment. */
package payments.dr.operations.ledger;
