/** Where the Terraform states are kept. */
package payments.dr.configuration.state;
