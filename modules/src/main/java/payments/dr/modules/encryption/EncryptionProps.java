package payments.dr.modules.encryption;

import java.util.Set;
import payments.dr.configuration.encryption.EncryptionSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.region.Region;

/**
 * What the keys need.
 *
 * @param purposes one key in each Region for each of these
 * @param protectData whether Terraform refuses to delete a key: what it encrypted goes with it
 */
public record EncryptionProps(
    KeyNames names,
    EncryptionSettings settings,
    RegionPair<Region> regions,
    Set<KeyPurpose> purposes,
    boolean protectData) {

  public EncryptionProps {
    purposes = Set.copyOf(purposes);
  }
}
