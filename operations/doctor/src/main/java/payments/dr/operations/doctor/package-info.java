/**
 * {@code ./dr doctor}: whether an account and a deployment are as an environment needs them.
 *
 * <p>Reads only, but for the test alarm, which is asked for. Whatever one check meets, the others
 * are asked, too.
 */
package payments.dr.operations.doctor;
