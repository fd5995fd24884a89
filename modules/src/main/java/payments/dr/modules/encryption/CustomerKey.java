package payments.dr.modules.encryption;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.kms_alias.KmsAlias;
import com.hashicorp.cdktf.providers.aws.kms_key.KmsKey;
import com.hashicorp.cdktf.providers.aws.kms_replica_key.KmsReplicaKey;
import payments.dr.configuration.encryption.EncryptionSettings;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.AwsRegion;

/**
 * A customer-managed key with its alias, made in a component.
 *
 * @param scope the component, whose Region is {@code region}
 * @param id of the key in the component; its alias is named after it
 * @param name of the alias, and in the description
 * @param protectData whether Terraform refuses to delete it
 */
record CustomerKey(
    Component scope,
    AwsRegion region,
    String id,
    String name,
    EncryptionSettings settings,
    boolean protectData) {

  /** Makes a key; returns its ARN. */
  String make(String policy, boolean multiRegion) {
    KmsKey key =
        KmsKey.Builder.create(scope, id)
            .provider(region.provider())
            .description(description())
            .policy(policy)
            .enableKeyRotation(true)
            .multiRegion(multiRegion)
            .deletionWindowInDays(settings.deletionWindowDays())
            .lifecycle(lifecycle())
            .build();
    // The bindings' schema is older than this argument.
    key.addOverride("rotation_period_in_days", settings.rotationPeriodDays());
    return withAlias(KmsKey.TF_RESOURCE_TYPE);
  }

  /** Makes a replica of another Region's key; returns its ARN. */
  String replicate(String primaryKeyArn, String policy) {
    KmsReplicaKey.Builder.create(scope, id)
        .provider(region.provider())
        .description(description())
        .primaryKeyArn(primaryKeyArn)
        .policy(policy)
        .deletionWindowInDays(settings.deletionWindowDays())
        .lifecycle(lifecycle())
        .build();
    return withAlias(KmsReplicaKey.TF_RESOURCE_TYPE);
  }

  private String withAlias(String type) {
    Reference key = Reference.to(scope, type, id);
    KmsAlias.Builder.create(scope, id + "-alias")
        .provider(region.provider())
        .name("alias/" + name)
        .targetKeyId(key.attribute("key_id"))
        .build();
    return key.arn();
  }

  private TerraformResourceLifecycle lifecycle() {
    return TerraformResourceLifecycle.builder().preventDestroy(protectData).build();
  }

  private String description() {
    return name + " encryption";
  }
}
