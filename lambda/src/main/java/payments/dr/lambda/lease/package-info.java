/** Grades of proof that the primary Region stopped writing before the DR Region starts. */
package payments.dr.lambda.lease;
