/** What one drill measured, as the drill records it and the evidence reports it. */
package payments.dr.operations.drill.record;
