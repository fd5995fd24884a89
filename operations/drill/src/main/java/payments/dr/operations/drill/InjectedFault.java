package payments.dr.operations.drill;

import payments.dr.configuration.region.RegionRole;

/**
 * Something that a local AWS breaks.
 *
 * @param kind as emulator/README.md names them, such as {@code region-lost}
 */
record InjectedFault(RegionRole region, String kind) {}
