/**
 * Environments and accounts as their files describe them: data, with the rules that hold within one
 * file. What a failover takes is judged by {@code recovery}, which reads these.
 */
package payments.dr.configuration.environment;
