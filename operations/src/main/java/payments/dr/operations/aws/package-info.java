/** How commands reach AWS, the local one included. */
package payments.dr.operations.aws;
