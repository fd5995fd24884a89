package payments.dr.modules.baseline;

import com.hashicorp.cdktf.providers.aws.config_configuration_recorder.ConfigConfigurationRecorder;
import com.hashicorp.cdktf.providers.aws.config_configuration_recorder.ConfigConfigurationRecorderRecordingGroup;
import com.hashicorp.cdktf.providers.aws.config_configuration_recorder_status.ConfigConfigurationRecorderStatus;
import com.hashicorp.cdktf.providers.aws.config_delivery_channel.ConfigDeliveryChannel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import payments.dr.configuration.baseline.RegionAdoptionSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** A history of the configuration of every resource in one Region. */
final class ConfigRecorder extends Component {

  static final String ID = "config";

  static final RegionPair<Map<String, String>> RESOURCES =
      RegionPair.of(
          Map.of(
              "recorder", ConfigConfigurationRecorder.TF_RESOURCE_TYPE,
              "channel", ConfigDeliveryChannel.TF_RESOURCE_TYPE,
              "recording", ConfigConfigurationRecorderStatus.TF_RESOURCE_TYPE));

  /** A Region has one of each, and this is what AWS calls it. */
  private static final String NAME = "default";

  ConfigRecorder(
      Region region,
      RegionAdoptionSettings adopted,
      ConfigRole role,
      AccountRecords audit,
      boolean globalResources) {
    super(region, ID);
    ConfigConfigurationRecorder recorder =
        ConfigConfigurationRecorder.Builder.create(this, "recorder")
            .provider(region.provider())
            .name(Objects.requireNonNullElse(adopted.recorder(), NAME))
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
            .name(Objects.requireNonNullElse(adopted.channel(), NAME))
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
    Adoption.of(recorder, adopted.recorder(), region);
    Adoption.of(channel, adopted.channel(), region);
  }
}
