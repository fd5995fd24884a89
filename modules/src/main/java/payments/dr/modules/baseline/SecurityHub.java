package payments.dr.modules.baseline;

import com.hashicorp.cdktf.providers.aws.securityhub_account.SecurityhubAccount;
import com.hashicorp.cdktf.providers.aws.securityhub_finding_aggregator.SecurityhubFindingAggregator;
import com.hashicorp.cdktf.providers.aws.securityhub_standards_subscription.SecurityhubStandardsSubscription;
import java.util.List;
import java.util.Map;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/** Holds one Region against published standards, and gathers what the other services find. */
final class SecurityHub extends Component {

  /** By what they are called here; versions written out, so that a new one is our decision. */
  private static final Map<String, String> STANDARDS =
      Map.of(
          "best-practices", "aws-foundational-security-best-practices/v/1.0.0",
          "cis", "cis-aws-foundations-benchmark/v/3.0.0",
          "pci-dss", "pci-dss/v/4.0.1");

  private final SecurityhubAccount account;

  private SecurityHub(Region region, String id) {
    super(region, id);
    account =
        SecurityhubAccount.Builder.create(this, "hub")
            .provider(region.provider())
            .enableDefaultStandards(false)
            .autoEnableControls(true)
            .controlFindingGenerator("SECURITY_CONTROL")
            .build();
    STANDARDS.forEach(
        (name, standard) ->
            SecurityhubStandardsSubscription.Builder.create(this, name)
                .provider(region.provider())
                .standardsArn("arn:aws:securityhub:" + region.name() + "::standards/" + standard)
                .dependsOn(List.of(account))
                .build());
  }

  /** Makes both; findings of the primary Region can be read in the DR one, too. */
  static void pair(String id, AccountBaselineProps props) {
    var hubs = props.regions().map(region -> new SecurityHub(region, id));
    SecurityhubFindingAggregator.Builder.create(hubs.dr(), "findings")
        .provider(props.regions().dr().provider())
        .linkingMode("SPECIFIED_REGIONS")
        .specifiedRegions(List.of(props.regions().primary().name()))
        .dependsOn(List.of(hubs.dr().account))
        .build();
  }
}
