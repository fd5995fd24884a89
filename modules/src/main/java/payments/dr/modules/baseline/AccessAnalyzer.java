package payments.dr.modules.baseline;

import com.hashicorp.cdktf.providers.aws.accessanalyzer_analyzer.AccessanalyzerAnalyzer;
import java.util.Map;
import java.util.Objects;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/** Finds what in one Region is open to anybody outside of the account. */
final class AccessAnalyzer extends Component {

  static final String ID = "access-analyzer";

  static final RegionPair<Map<String, String>> RESOURCES =
      RegionPair.of(Map.of("analyzer", AccessanalyzerAnalyzer.TF_RESOURCE_TYPE));

  AccessAnalyzer(Region region, AccountBaselineProps props) {
    super(region, ID);
    String existing = props.adopted(region).analyzer();
    AccessanalyzerAnalyzer analyzer =
        AccessanalyzerAnalyzer.Builder.create(this, "analyzer")
            .provider(region.provider())
            .analyzerName(
                Objects.requireNonNullElse(
                    existing, props.names().regional(region.role(), "external-access")))
            .type("ACCOUNT")
            .build();
    Adoption.of(analyzer, existing, region);
  }
}
