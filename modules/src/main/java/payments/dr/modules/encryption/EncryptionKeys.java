package payments.dr.modules.encryption;

import java.util.EnumMap;
import java.util.Map;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/**
 * The customer-managed keys of one Region, one for each {@link KeyPurpose}.
 *
 * <p>Only the data key is a multi-Region key with a replica: what it protects crosses Regions, and
 * a ciphertext must stay readable when its home Region is gone.
 */
public final class EncryptionKeys extends Component {

  private final Region region;
  private final EncryptionProps props;
  private final Map<KeyPurpose, String> arns = new EnumMap<>(KeyPurpose.class);

  private EncryptionKeys(Region region, String id, EncryptionProps props) {
    super(region, id);
    this.region = region;
    this.props = props;
    for (KeyPurpose purpose : KeyPurpose.values()) {
      if (purpose != KeyPurpose.DATA && props.purposes().contains(purpose)) {
        arns.put(purpose, key(purpose, false));
      }
    }
  }

  /** Makes the keys of both Regions. */
  public static RegionPair<EncryptionKeys> pair(String id, EncryptionProps props) {
    RegionPair<EncryptionKeys> keys =
        props.regions().map(region -> new EncryptionKeys(region, id, props));
    if (props.purposes().contains(KeyPurpose.DATA)) {
      String dataKey = keys.primary().key(KeyPurpose.DATA, true);
      keys.primary().arns.put(KeyPurpose.DATA, dataKey);
      keys.dr().arns.put(KeyPurpose.DATA, keys.dr().replica(KeyPurpose.DATA, dataKey));
    }
    return keys;
  }

  /** ARN, not alias: services that store it show an alias as a difference at the next plan. */
  public String arn(KeyPurpose purpose) {
    return arns.get(purpose);
  }

  private String key(KeyPurpose purpose, boolean multiRegion) {
    return named(purpose).make(policy(purpose), multiRegion);
  }

  private String replica(KeyPurpose purpose, String primaryKeyArn) {
    return named(purpose).replicate(primaryKeyArn, policy(purpose));
  }

  private CustomerKey named(KeyPurpose purpose) {
    return new CustomerKey(
        this,
        region,
        purpose.id(),
        props.names().of(region.role(), purpose),
        props.settings(),
        props.protectData());
  }

  private String policy(KeyPurpose purpose) {
    return KeyPolicies.of(purpose, region, props.regions());
  }
}
