package payments.dr.modules.baseline;

import com.hashicorp.cdktf.providers.aws.config_configuration_recorder.ConfigConfigurationRecorder;
import com.hashicorp.cdktf.providers.aws.config_configuration_recorder.ConfigConfigurationRecorderRecordingGroup;
import com.hashicorp.cdktf.providers.aws.config_configuration_recorder_status.ConfigConfigurationRecorderStatus;
import com.hashicorp.cdktf.providers.aws.config_delivery_channel.ConfigDeliveryChannel;
import java.util.List;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** A history of the configuration of every resource in one Region. */
final class ConfigRecorder extends Component {

  /** A Region has one of each, and this is what AWS calls it. */
  private static final String NAME = "default";

  ConfigRecorder(
      Region region, String id, ConfigRole role, AccountRecords audit, boolean globalResources) {
    super(region, id);
    ConfigConfigurationRecorder recorder =
        ConfigConfigurationRecorder.Builder.create(this, "recorder")
            .provider(region.provider())
            .name(NAME)
            .roleArn(role.arn())
            .recordingGroup(
                ConfigConfigurationRecorderRecordingGroup.builder()
                    .allSupported(true)
                    .includeGlobalResourceTypes(globalResources)
                    .build())
            .build();
    ConfigDeliveryChannel channel =
        ConfigDeliveryChannel.Builder.create(this, "channel")
            .provider(region.provider())
            .name(NAME)
            .s3BucketName(audit.bucket().name())
            .s3KmsKeyArn(audit.kmsKeyArn())
            .dependsOn(List.of(recorder, audit.bucket().policy()))
            .build();
    ConfigConfigurationRecorderStatus.Builder.create(this, "recording")
        .provider(region.provider())
        .name(Reference.to(this, ConfigConfigurationRecorder.TF_RESOURCE_TYPE, "recorder").name())
        .isEnabled(true)
        .dependsOn(List.of(channel))
        .build();
  }
}
