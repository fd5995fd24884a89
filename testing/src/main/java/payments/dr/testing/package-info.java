/** What tests that run the project as its users do have in common. */
package payments.dr.testing;
