/** Whether both sides hold the same rows: while writes go on, and strictly when they do not. */
package payments.dr.operations.migration.compare;
