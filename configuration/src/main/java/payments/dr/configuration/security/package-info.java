/** Exceptions from security rules, as environment files make them. */
package payments.dr.configuration.security;
