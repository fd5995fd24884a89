package payments.dr.modules.compute;

import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplate;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateBlockDeviceMappings;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateBlockDeviceMappingsEbs;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateIamInstanceProfile;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateMetadataOptions;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateMonitoring;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateNetworkInterfaces;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateTagSpecifications;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** The launch template of a fleet: a hardened instance without key pair or public address. */
final class InstanceTemplate {

  private static final String WHO_DEPLOYED = "CommitAuthor";

  private InstanceTemplate() {}

  static Reference create(
      Fleet fleet,
      String id,
      Region region,
      FleetProps props,
      FleetIdentity identity,
      FleetSecurityGroup securityGroup) {
    LaunchTemplate.Builder template =
        LaunchTemplate.Builder.create(fleet, id)
            .provider(region.provider())
            .name(props.names().regional(region.role(), "lt"))
            .updateDefaultVersion(true)
            // Auto Scaling looks a parameter up at each launch: plans need no data source.
            .imageId(props.settings().image(region.role()))
            .instanceType(props.settings().instanceType())
            .iamInstanceProfile(
                LaunchTemplateIamInstanceProfile.builder().arn(identity.profileArn()).build())
            .metadataOptions(
                LaunchTemplateMetadataOptions.builder()
                    .httpEndpoint("enabled")
                    .httpTokens("required")
                    .httpPutResponseHopLimit(1)
                    .build())
            .monitoring(LaunchTemplateMonitoring.builder().enabled(true).build())
            .networkInterfaces(
                List.of(
                    LaunchTemplateNetworkInterfaces.builder()
                        .deviceIndex(0)
                        .associatePublicIpAddress("false")
                        .deleteOnTermination("true")
                        .securityGroups(List.of(securityGroup.id()))
                        .build()))
            .blockDeviceMappings(List.of(rootVolume(props)))
            .tagSpecifications(tags(region, props.names().regional(region.role(), "application")))
            .userData(UserData.base64(props));
    // An instance fetches it as soon as it boots.
    props.renewer().ifPresent(renewer -> template.dependsOn(List.of(renewer.jar())));
    template.build();
    return Reference.to(fleet, LaunchTemplate.TF_RESOURCE_TYPE, id);
  }

  private static LaunchTemplateBlockDeviceMappings rootVolume(FleetProps props) {
    return LaunchTemplateBlockDeviceMappings.builder()
        .deviceName("/dev/xvda")
        .ebs(
            LaunchTemplateBlockDeviceMappingsEbs.builder()
                .volumeType("gp3")
                .volumeSize(props.settings().volumeGiB())
                .encrypted("true")
                .kmsKeyId(props.keys().arn(KeyPurpose.COMPUTE))
                .deleteOnTermination("true")
                .build())
        .build();
  }

  /**
   * The provider's default tags do not reach what Auto Scaling launches. {@value #WHO_DEPLOYED} is
   * left out: each new value would be a new template, and replace every instance in both Regions.
   */
  private static List<LaunchTemplateTagSpecifications> tags(Region region, String name) {
    Map<String, String> tags = new TreeMap<>(region.tags());
    tags.remove(WHO_DEPLOYED);
    tags.put("Name", name);
    return Stream.of("instance", "volume", "network-interface")
        .map(
            type -> LaunchTemplateTagSpecifications.builder().resourceType(type).tags(tags).build())
        .toList();
  }
}
