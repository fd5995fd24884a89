/**
 * How commands reach AWS, the local one included, and what they say when they do not: not signed
 * in, no network here, refused by AWS, or nobody answers there. Only the last is about a Region.
 */
package payments.dr.operations.aws;
