package payments.dr.operations.drill;

import payments.dr.configuration.region.RegionRole;

/**
 * A fault that a local AWS injects into a Region.
 *
 * @param kind as emulator/README.md names them, such as {@code region-lost}
 */
record InjectedFault(RegionRole region, String kind) {}
