/** AWS names and their limits; nothing else in the project puts a name together. */
package payments.dr.configuration.naming;
