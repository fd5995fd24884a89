/**
 * The predecessor's generation; knows the shared blocks and no other generation.
 *
 * <p>Frozen: it exists so that what runs can be adopted, migrated to a later generation and
 * removed.
 */
package payments.dr.modules.database.v1;
