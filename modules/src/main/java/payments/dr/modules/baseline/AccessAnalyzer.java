package payments.dr.modules.baseline;

import com.hashicorp.cdktf.providers.aws.accessanalyzer_analyzer.AccessanalyzerAnalyzer;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/** Finds what in one Region is open to anybody outside of the account. */
final class AccessAnalyzer extends Component {

  AccessAnalyzer(Region region, String id, AccountBaselineProps props) {
    super(region, id);
    AccessanalyzerAnalyzer.Builder.create(this, "analyzer")
        .provider(region.provider())
        .analyzerName(props.names().regional(region.role(), "external-access"))
        .type("ACCOUNT")
        .build();
  }
}
