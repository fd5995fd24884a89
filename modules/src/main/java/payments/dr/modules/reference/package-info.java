/**
 * Constructs that know their path, and references to what they hold, written without asking CDKTF.
 */
package payments.dr.modules.reference;
