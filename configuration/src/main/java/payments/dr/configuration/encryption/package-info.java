/** Settings of the keys of both Regions. */
package payments.dr.configuration.encryption;
