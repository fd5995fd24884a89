/** Checks of an environment that is deployed. */
package payments.dr.operations.doctor.deployment;
