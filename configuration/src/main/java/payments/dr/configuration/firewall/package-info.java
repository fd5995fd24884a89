/** Settings of the web application firewalls of both Regions. */
package payments.dr.configuration.firewall;
