/** Settings of access logs, and the modes of an object lock. */
package payments.dr.configuration.storage;
