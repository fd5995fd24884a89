package payments.dr.modules.baseline;

import com.hashicorp.cdktf.providers.aws.cloudtrail.Cloudtrail;
import com.hashicorp.cdktf.providers.aws.cloudtrail.CloudtrailAdvancedEventSelector;
import com.hashicorp.cdktf.providers.aws.cloudtrail.CloudtrailAdvancedEventSelectorFieldSelector;
import java.util.List;
import java.util.stream.Stream;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/**
 * Every API call in every Region of the account, and every touch of what moves traffic and data:
 * states, latches, exported audit rows, ledgers. EventBridge tells of calls only while a trail
 * records them, so the environments' alarms on changes need this one, or the organization's.
 */
final class AccountTrail extends Component {

  private final AccountBaselineProps props;

  AccountTrail(Region region, String id, AccountBaselineProps props, AccountRecords audit) {
    super(region, id);
    this.props = props;
    Cloudtrail.Builder.create(this, "trail")
        .provider(region.provider())
        .name(props.names().global("trail"))
        .s3BucketName(audit.bucket().name())
        .kmsKeyId(audit.kmsKeyArn())
        .isMultiRegionTrail(true)
        .includeGlobalServiceEvents(true)
        .enableLogFileValidation(true)
        .advancedEventSelector(
            List.of(
                selector("management", equal("eventCategory", "Management")),
                selector(
                    "states and audit rows",
                    equal("eventCategory", "Data"),
                    equal("resources.type", "AWS::S3::Object"),
                    within(Stream.concat(states(), bucketsOf("audit")))),
                // Health checkers read latches, and controllers ledgers, all the time.
                selector(
                    "writes to latches",
                    equal("eventCategory", "Data"),
                    equal("resources.type", "AWS::S3::Object"),
                    equal("readOnly", "false"),
                    within(bucketsOf("latch"))),
                selector(
                    "writes to ledgers",
                    equal("eventCategory", "Data"),
                    equal("resources.type", "AWS::DynamoDB::Table"),
                    equal("readOnly", "false"),
                    within(ledgers()))))
        .dependsOn(List.of(audit.bucket().policy()))
        .build();
  }

  private Stream<String> states() {
    return Stream.of("arn:aws:s3:::" + anyEnvironment(props.names().bucket("state")));
  }

  private Stream<String> bucketsOf(String resource) {
    return Stream.of(RegionRole.values())
        .map(role -> "arn:aws:s3:::" + anyEnvironment(props.names().bucket(role, resource)));
  }

  private Stream<String> ledgers() {
    return Stream.of(RegionRole.values())
        .map(role -> props.regions().get(role))
        .map(
            region ->
                "arn:aws:dynamodb:%s:%s:table/%s"
                    .formatted(
                        region.name(),
                        region.accountId(),
                        anyEnvironment(props.names().regional(region.role(), "ledger"))));
  }

  /** How names begin that end in an environment, which the account need not know. */
  private String anyEnvironment(String name) {
    return name.substring(0, name.length() - props.names().environment().length());
  }

  private static CloudtrailAdvancedEventSelector selector(
      String name, CloudtrailAdvancedEventSelectorFieldSelector... fields) {
    return CloudtrailAdvancedEventSelector.builder()
        .name(name)
        .fieldSelector(List.of(fields))
        .build();
  }

  private static CloudtrailAdvancedEventSelectorFieldSelector equal(String field, String value) {
    return CloudtrailAdvancedEventSelectorFieldSelector.builder()
        .field(field)
        .equalTo(List.of(value))
        .build();
  }

  private static CloudtrailAdvancedEventSelectorFieldSelector within(Stream<String> prefixes) {
    return CloudtrailAdvancedEventSelectorFieldSelector.builder()
        .field("resources.ARN")
        .startsWith(prefixes.toList())
        .build();
  }
}
