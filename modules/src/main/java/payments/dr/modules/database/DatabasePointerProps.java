package payments.dr.modules.database;

import payments.dr.modules.naming.ResourceNames;

/**
 * What a pointer needs.
 *
 * @param active the generation that applications are to use
 */
public record DatabasePointerProps(ResourceNames names, PaymentsDatabase active) {}
