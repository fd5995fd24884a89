package payments.dr.compliance;

import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.provider.AwsProvider;
import com.hashicorp.cdktf.providers.aws.subnet.Subnet;
import java.util.List;
import java.util.Optional;
import software.constructs.Construct;

/** A stack of another project, as docs/rules-for-another-stack.md shows it. */
final class ReportsStack extends TerraformStack {

  ReportsStack(Construct app) {
    super(app, "reports");
    AwsProvider.Builder.create(this, "aws")
        .region("eu-west-1")
        .allowedAccountIds(List.of("222222222222"))
        .build();
    Subnet.Builder.create(this, "subnet").vpcId("vpc-1").cidrBlock("10.0.0.0/24").build();
    SecurityPolicy.apply(this, new StackKind(true, false, Optional.empty()), Exceptions.NONE);
  }
}
