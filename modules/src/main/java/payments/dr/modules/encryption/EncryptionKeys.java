package payments.dr.modules.encryption;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.kms_alias.KmsAlias;
import com.hashicorp.cdktf.providers.aws.kms_key.KmsKey;
import com.hashicorp.cdktf.providers.aws.kms_replica_key.KmsReplicaKey;
import java.util.EnumMap;
import java.util.Map;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
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
    KmsKey key =
        KmsKey.Builder.create(this, purpose.id())
            .provider(region.provider())
            .description(description(purpose))
            .policy(KeyPolicies.of(purpose, region, props.regions()))
            .enableKeyRotation(true)
            .multiRegion(multiRegion)
            .deletionWindowInDays(props.settings().deletionWindowDays())
            .lifecycle(lifecycle())
            .build();
    // The bindings' schema is older than this argument.
    key.addOverride("rotation_period_in_days", props.settings().rotationPeriodDays());
    return withAlias(purpose, KmsKey.TF_RESOURCE_TYPE);
  }

  private String replica(KeyPurpose purpose, String primaryKeyArn) {
    KmsReplicaKey.Builder.create(this, purpose.id())
        .provider(region.provider())
        .description(description(purpose))
        .primaryKeyArn(primaryKeyArn)
        .policy(KeyPolicies.of(purpose, region, props.regions()))
        .deletionWindowInDays(props.settings().deletionWindowDays())
        .lifecycle(lifecycle())
        .build();
    return withAlias(purpose, KmsReplicaKey.TF_RESOURCE_TYPE);
  }

  /** The ARN of the key. */
  private String withAlias(KeyPurpose purpose, String type) {
    Reference key = Reference.to(this, type, purpose.id());
    KmsAlias.Builder.create(this, purpose.id() + "-alias")
        .provider(region.provider())
        .name("alias/" + props.names().of(region.role(), purpose))
        .targetKeyId(key.attribute("key_id"))
        .build();
    return key.arn();
  }

  private TerraformResourceLifecycle lifecycle() {
    return TerraformResourceLifecycle.builder().preventDestroy(props.protectData()).build();
  }

  private String description(KeyPurpose purpose) {
    return props.names().of(region.role(), purpose) + " encryption";
  }
}
