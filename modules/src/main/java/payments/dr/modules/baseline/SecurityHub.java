package payments.dr.modules.baseline;

import com.hashicorp.cdktf.providers.aws.securityhub_account.SecurityhubAccount;
import com.hashicorp.cdktf.providers.aws.securityhub_finding_aggregator.SecurityhubFindingAggregator;
import com.hashicorp.cdktf.providers.aws.securityhub_standards_subscription.SecurityhubStandardsSubscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/** Holds one Region against published standards, and gathers what the other services find. */
final class SecurityHub extends Component {

  static final String ID = "security-hub";

  private static final String FINDINGS = "findings";

  /** By what they are called here; versions written out, so that a new one is our decision. */
  private static final Map<String, String> STANDARDS =
      Map.of(
          "best-practices", "aws-foundational-security-best-practices/v/1.0.0",
          "cis", "cis-aws-foundations-benchmark/v/3.0.0",
          "pci-dss", "pci-dss/v/4.0.1");

  /** Findings are gathered in the DR Region. */
  static final RegionPair<Map<String, String>> RESOURCES =
      new RegionPair<>(
          resources(Map.of()),
          resources(Map.of(FINDINGS, SecurityhubFindingAggregator.TF_RESOURCE_TYPE)));

  private final SecurityhubAccount account;

  private SecurityHub(Region region, AccountBaselineProps props) {
    super(region, ID);
    account =
        SecurityhubAccount.Builder.create(this, "hub")
            .provider(region.provider())
            .enableDefaultStandards(false)
            .autoEnableControls(true)
            .controlFindingGenerator("SECURITY_CONTROL")
            .build();
    if (props.adopted(region).securityHub()) {
      Adoption.of(account, region.accountId(), region);
    }
    STANDARDS.forEach(
        (name, standard) ->
            SecurityhubStandardsSubscription.Builder.create(this, name)
                .provider(region.provider())
                .standardsArn("arn:aws:securityhub:" + region.name() + "::standards/" + standard)
                .dependsOn(List.of(account))
                .build());
  }

  /** Makes both; findings of the primary Region can be read in the DR one, too. */
  static void pair(AccountBaselineProps props) {
    var hubs = props.regions().map(region -> new SecurityHub(region, props));
    Region home = props.regions().dr();
    SecurityhubFindingAggregator findings =
        SecurityhubFindingAggregator.Builder.create(hubs.dr(), FINDINGS)
            .provider(home.provider())
            .linkingMode("SPECIFIED_REGIONS")
            .specifiedRegions(List.of(props.regions().primary().name()))
            .dependsOn(List.of(hubs.dr().account))
            .build();
    Adoption.of(findings, props.settings().adopt().findingAggregator(), home);
  }

  private static Map<String, String> resources(Map<String, String> more) {
    Map<String, String> resources = new HashMap<>(more);
    resources.put("hub", SecurityhubAccount.TF_RESOURCE_TYPE);
    STANDARDS
        .keySet()
        .forEach(name -> resources.put(name, SecurityhubStandardsSubscription.TF_RESOURCE_TYPE));
    return resources;
  }
}
