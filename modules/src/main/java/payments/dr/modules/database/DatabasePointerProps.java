package payments.dr.modules.database;

import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;

/**
 * What a pointer needs.
 *
 * @param active the generation that applications are to use
 * @param ledgerTables names of the tables whose entry {@code WRITES} may forbid applications to
 *     write; no references
 */
public record DatabasePointerProps(
    ResourceNames names, PaymentsDatabase active, RegionPair<String> ledgerTables) {}
