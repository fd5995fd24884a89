/** What a check is: what it asks, by which permissions, of which clients, and what it says. */
package payments.dr.operations.doctor.check;
