/** Settings of an account: its trail, its detectors and who is told of their findings. */
package payments.dr.configuration.baseline;
