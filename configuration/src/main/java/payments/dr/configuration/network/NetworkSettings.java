package payments.dr.configuration.network;

import java.util.List;
import java.util.Objects;
import payments.dr.configuration.settings.Faults;
import payments.dr.configuration.settings.Setting;

/** How both VPCs are built; their address ranges belong to their Regions. */
public record NetworkSettings(
    @Setting("NAT gateways: one a zone, or one a VPC") NatGateways natGateways,
    // What runs in the VPCs may call these; AWS gives an endpoint of each a private name and a
    // policy.
    @Setting(
            value =
                "AWS services reached through private interface endpoints, billed by the hour; S3 and"
                    + " DynamoDB have gateway endpoints in any case",
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
            oneOf = {"30", "60", "90", "180", "365", "400", "731", "1096", "1827"})
        Integer flowLogRetentionDays) {

  public NetworkSettings {
    natGateways = Objects.requireNonNullElse(natGateways, NatGateways.PER_ZONE);
    interfaceEndpoints = Objects.requireNonNullElse(interfaceEndpoints, List.of());
    flowLogRetentionDays = Objects.requireNonNullElse(flowLogRetentionDays, 400);
    Faults faults =
        Faults.of(NetworkSettings.class, natGateways, interfaceEndpoints, flowLogRetentionDays);
    if (interfaceEndpoints.stream().distinct().count() < interfaceEndpoints.size()) {
      faults.add("interfaceEndpoints", "name each service once", interfaceEndpoints);
    }
    faults.throwIfAny();
    interfaceEndpoints = List.copyOf(interfaceEndpoints);
  }
}
