package payments.dr.modules.region;

import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.provider.AwsProvider;
import com.hashicorp.cdktf.providers.aws.provider.AwsProviderDefaultTags;
import java.util.List;
import java.util.Map;
import payments.dr.configuration.region.ProviderSettings;
import payments.dr.modules.reference.Component;

/**
 * One AWS Region of a stack: owns its aliased provider and is the scope of everything deployed
 * there, so an address such as {@code aws_vpc.dr_network_vpc_1A2B} says where a thing lives.
 */
public class AwsRegion extends Component {

  private final String name;
  private final String accountId;
  private final Map<String, String> tags;
  private final AwsProvider provider;

  /**
   * Makes the Region's provider.
   *
   * @param id what addresses begin with, and the provider's alias
   * @param name such as {@code us-east-1}
   */
  public AwsRegion(TerraformStack stack, String id, String name, ProviderSettings shared) {
    super(stack, id);
    this.name = name;
    this.accountId = shared.accountId();
    this.tags = shared.tags();
    AwsProvider.Builder builder =
        AwsProvider.Builder.create(this, "aws")
            .alias(id)
            .region(name)
            .stsRegion(shared.stsRegion())
            .allowedAccountIds(List.of(shared.accountId()))
            .defaultTags(List.of(AwsProviderDefaultTags.builder().tags(shared.tags()).build()));
    if (shared.localAws()) {
      builder.s3UsePathStyle(true).skipMetadataApiCheck("true");
    }
    this.provider = builder.build();
  }

  /** Such as {@code us-east-1}. */
  public String name() {
    return name;
  }

  /** Twelve digits; configuration, not a data source. */
  public String accountId() {
    return accountId;
  }

  /** On every resource by the provider; what Auto Scaling launches must be given them. */
  public Map<String, String> tags() {
    return tags;
  }

  public AwsProvider provider() {
    return provider;
  }
}
