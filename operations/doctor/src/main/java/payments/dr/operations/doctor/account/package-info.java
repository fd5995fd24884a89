/** Checks of an account, before anything is deployed into it and any day after. */
package payments.dr.operations.doctor.account;
