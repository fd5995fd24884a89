/** Invents faults of a synthesized stack, which rules and reviews are then to notice. */
package payments.dr.testing.mutants;
