package payments.dr.modules.baseline;

import com.hashicorp.cdktf.providers.aws.ebs_encryption_by_default.EbsEncryptionByDefault;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/** Encrypts every new volume of one Region, also where nobody asked for it. */
final class VolumeEncryption extends Component {

  VolumeEncryption(Region region, String id) {
    super(region, id);
    EbsEncryptionByDefault.Builder.create(this, "default")
        .provider(region.provider())
        .enabled(true)
        .build();
  }
}
