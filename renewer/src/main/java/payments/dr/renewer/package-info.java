/**
 * The program that keeps a Region's lease: it runs on each instance of the fleet, whatever the
 * application does.
 */
package payments.dr.renewer;
