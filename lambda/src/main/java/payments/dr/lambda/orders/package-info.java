/** How humans' orders and the pause switch reach the failover controller: through the ledger. */
package payments.dr.lambda.orders;
