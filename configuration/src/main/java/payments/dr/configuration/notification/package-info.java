/** Who is told when something is wrong. */
package payments.dr.configuration.notification;
