package payments.dr.modules.baseline;

import com.hashicorp.cdktf.providers.aws.guardduty_detector.GuarddutyDetector;
import com.hashicorp.cdktf.providers.aws.guardduty_detector_feature.GuarddutyDetectorFeature;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** Looks for intruders in one Region: in its API calls, traffic and name look-ups, and further. */
final class GuardDuty extends Component {

  /** Reads of buckets, logins to databases, traffic of functions, malware on volumes. */
  private static final List<String> FEATURES =
      List.of(
          "S3_DATA_EVENTS", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS", "EBS_MALWARE_PROTECTION");

  GuardDuty(Region region, String id, AccountBaselineProps props) {
    super(region, id);
    GuarddutyDetector.Builder.create(this, "detector")
        .provider(region.provider())
        .enable(true)
        .findingPublishingFrequency("FIFTEEN_MINUTES")
        .tags(Map.of("Name", props.names().regional(region.role(), "guardduty")))
        .build();
    String detectorId = Reference.to(this, GuarddutyDetector.TF_RESOURCE_TYPE, "detector").id();
    for (String feature : FEATURES) {
      GuarddutyDetectorFeature.Builder.create(
              this, feature.toLowerCase(Locale.ROOT).replace('_', '-'))
          .provider(region.provider())
          .detectorId(detectorId)
          .name(feature)
          .status("ENABLED")
          .build();
    }
  }
}
