/** The second generation; knows the shared blocks and no other generation. */
package payments.dr.modules.database.v2;
