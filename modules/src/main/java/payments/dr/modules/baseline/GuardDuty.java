package payments.dr.modules.baseline;

import com.hashicorp.cdktf.providers.aws.guardduty_detector.GuarddutyDetector;
import com.hashicorp.cdktf.providers.aws.guardduty_detector_feature.GuarddutyDetectorFeature;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** Looks for intruders in one Region: in its API calls, traffic and name look-ups, and further. */
final class GuardDuty extends Component {

  static final String ID = "guardduty";

  /** Reads of buckets, logins to databases, traffic of functions, malware on volumes. */
  private static final List<String> FEATURES =
      List.of(
          "S3_DATA_EVENTS", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS", "EBS_MALWARE_PROTECTION");

  static final RegionPair<Map<String, String>> RESOURCES = RegionPair.of(resources());

  GuardDuty(Region region, AccountBaselineProps props) {
    super(region, ID);
    GuarddutyDetector detector =
        GuarddutyDetector.Builder.create(this, "detector")
            .provider(region.provider())
            .enable(true)
            .findingPublishingFrequency("FIFTEEN_MINUTES")
            .tags(Map.of("Name", props.names().regional(region.role(), "guardduty")))
            .build();
    Adoption.of(detector, props.adopted(region).detector(), region);
    String detectorId = Reference.to(this, GuarddutyDetector.TF_RESOURCE_TYPE, "detector").id();
    for (String feature : FEATURES) {
      GuarddutyDetectorFeature.Builder.create(this, id(feature))
          .provider(region.provider())
          .detectorId(detectorId)
          .name(feature)
          .status("ENABLED")
          .build();
    }
  }

  private static String id(String feature) {
    return feature.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Map<String, String> resources() {
    Map<String, String> resources = new HashMap<>();
    resources.put("detector", GuarddutyDetector.TF_RESOURCE_TYPE);
    FEATURES.forEach(
        feature -> resources.put(id(feature), GuarddutyDetectorFeature.TF_RESOURCE_TYPE));
    return resources;
  }
}
