/**
 * Rehearses the loss of a Region, or a planned move, under load, and measures what customers saw.
 */
package payments.dr.operations.drill;
