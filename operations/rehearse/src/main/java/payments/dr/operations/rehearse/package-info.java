/**
 * {@code ./dr rehearse}: the whole life of a throw-away environment, step by step, with its price
 * told before and what is left told after.
 */
package payments.dr.operations.rehearse;
