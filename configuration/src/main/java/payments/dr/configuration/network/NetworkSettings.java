package payments.dr.configuration.network;

import java.util.List;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;

/** How both VPCs are built; their address ranges belong to their Regions. */
public record NetworkSettings(
    @Setting(value = "NAT gateways: one a zone, or one a VPC", defaultValue = "per-zone")
        NatGateways natGateways,
    // What runs in the VPCs may call these; AWS gives an endpoint of each a private name and a
    // policy.
    @Setting(
            value =
                "AWS services reached through private interface endpoints, billed by the hour; S3 and"
                    + " DynamoDB have gateway endpoints in any case",
            defaultValue = "[]",
            oneOf = {
              "autoscaling",
              "ec2",
              "ec2messages",
              "ecr.api",
              "ecr.dkr",
              "elasticloadbalancing",
              "events",
              "kinesis-firehose",
              "kinesis-streams",
              "kms",
              "lambda",
              "logs",
              "monitoring",
              "rds",
              "secretsmanager",
              "sns",
              "sqs",
              "ssm",
              "ssmmessages",
              "states",
              "sts"
            })
        List<String> interfaceEndpoints,
    @Setting(
            value = "Days that flow logs are kept",
            defaultValue = "400",
            oneOf = {"30", "60", "90", "180", "365", "400", "731", "1096", "1827"})
        Integer flowLogRetentionDays) {

  public NetworkSettings {
    ConfigurationErrors errors = new ConfigurationErrors();
    if (interfaceEndpoints.stream().distinct().count() < interfaceEndpoints.size()) {
      errors.add("interfaceEndpoints", "name each service once", interfaceEndpoints);
    }
    errors.throwIfAny();
    interfaceEndpoints = List.copyOf(interfaceEndpoints);
  }
}
