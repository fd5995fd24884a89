package payments.dr.modules.encryption;

import payments.dr.configuration.region.RegionRole;

/** How a key is called, in its alias and its description. */
@FunctionalInterface
public interface KeyNames {

  String of(RegionRole role, KeyPurpose purpose);
}
