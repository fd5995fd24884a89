package payments.dr.modules.firewall;

import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.wafv2_web_acl_logging_configuration.Wafv2WebAclLoggingConfiguration;
import com.hashicorp.cdktf.providers.aws.wafv2_web_acl_logging_configuration.Wafv2WebAclLoggingConfigurationLoggingFilter;
import com.hashicorp.cdktf.providers.aws.wafv2_web_acl_logging_configuration.Wafv2WebAclLoggingConfigurationLoggingFilterFilter;
import com.hashicorp.cdktf.providers.aws.wafv2_web_acl_logging_configuration.Wafv2WebAclLoggingConfigurationLoggingFilterFilterCondition;
import com.hashicorp.cdktf.providers.aws.wafv2_web_acl_logging_configuration.Wafv2WebAclLoggingConfigurationLoggingFilterFilterConditionActionCondition;
import com.hashicorp.cdktf.providers.aws.wafv2_web_acl_logging_configuration.Wafv2WebAclLoggingConfigurationRedactedFields;
import com.hashicorp.cdktf.providers.aws.wafv2_web_acl_logging_configuration.Wafv2WebAclLoggingConfigurationRedactedFieldsSingleHeader;
import java.util.List;
import java.util.stream.Stream;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * Every request that the firewall refused or counted, with the rule that did. What it let through
 * stands in the load balancer's access log already.
 */
final class FirewallLog extends Component {

  /** WAF writes to log groups of this prefix only. */
  private static final String PREFIX = "aws-waf-logs-";

  /** Headers that carry credentials; WAF writes REDACTED instead. */
  private static final List<String> SECRET_HEADERS = List.of("authorization", "cookie");

  FirewallLog(
      WebFirewall firewall, String id, Region region, WebFirewallProps props, String aclArn) {
    super(firewall, id);
    CloudwatchLogGroup.Builder.create(this, "log-group")
        .provider(region.provider())
        .name(PREFIX + WebFirewall.name(props.names(), region.role()))
        .retentionInDays(props.settings().logRetentionDays())
        .kmsKeyId(props.keys().arn(KeyPurpose.LOGS))
        .build();
    Reference group = Reference.to(this, CloudwatchLogGroup.TF_RESOURCE_TYPE, "log-group");
    Wafv2WebAclLoggingConfiguration.Builder.create(this, "logging")
        .provider(region.provider())
        .resourceArn(aclArn)
        .logDestinationConfigs(List.of(group.arn()))
        .redactedFields(SECRET_HEADERS.stream().map(FirewallLog::redacted).toList())
        .loggingFilter(
            Wafv2WebAclLoggingConfigurationLoggingFilter.builder()
                .defaultBehavior("DROP")
                .filter(List.of(keep("BLOCK", "COUNT")))
                .build())
        .build();
  }

  private static Wafv2WebAclLoggingConfigurationRedactedFields redacted(String header) {
    return Wafv2WebAclLoggingConfigurationRedactedFields.builder()
        .singleHeader(
            Wafv2WebAclLoggingConfigurationRedactedFieldsSingleHeader.builder()
                .name(header)
                .build())
        .build();
  }

  private static Wafv2WebAclLoggingConfigurationLoggingFilterFilter keep(String... actions) {
    return Wafv2WebAclLoggingConfigurationLoggingFilterFilter.builder()
        .behavior("KEEP")
        .requirement("MEETS_ANY")
        .condition(Stream.of(actions).map(FirewallLog::acted).toList())
        .build();
  }

  private static Wafv2WebAclLoggingConfigurationLoggingFilterFilterCondition acted(String action) {
    return Wafv2WebAclLoggingConfigurationLoggingFilterFilterCondition.builder()
        .actionCondition(
            Wafv2WebAclLoggingConfigurationLoggingFilterFilterConditionActionCondition.builder()
                .action(action)
                .build())
        .build();
  }
}
