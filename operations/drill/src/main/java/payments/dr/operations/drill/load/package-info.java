/** The customers of a drill: a steady load of payments, and what became of each. */
package payments.dr.operations.drill.load;
