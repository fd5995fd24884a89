package payments.dr.modules.failover.controller;

import com.hashicorp.cdktf.Fn;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import payments.dr.configuration.failover.FailoverSettings;
import payments.dr.configuration.failover.PolicyVariables;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.settings.SettingsType;

/**
 * The variables that the handler reads. None of them is secret, and none tells which generation is
 * active: a cutover must not change the function.
 */
final class FunctionEnvironment {

  private FunctionEnvironment() {}

  static Map<String, String> of(RegionRole role, String busName, FailoverControllerProps props) {
    Map<String, String> variables = new TreeMap<>();
    variables.put("ENVIRONMENT", props.names().environment());
    variables.put("REGION_ROLE", role.id());
    variables.put("PRIMARY_REGION", props.regions().primary().name());
    variables.put("DR_REGION", props.regions().dr().name());
    variables.put("PRIMARY_LEDGER_TABLE", props.ledgers().primary().literalName());
    variables.put("DR_LEDGER_TABLE", props.ledgers().dr().literalName());
    variables.put("AUDIT_BUCKET", props.archives().get(role).bucketLiteralName());
    variables.put("PRIMARY_TOPIC_ARN", props.topicArns().primary());
    variables.put("DR_TOPIC_ARN", props.topicArns().dr());
    variables.put("EVENT_BUS", busName);
    variables.put("METRICS_NAMESPACE", FunctionMetrics.NAMESPACE);
    variables.put("LEASE_GRADE", SettingsType.word(props.settings().lease()));
    props
        .witness()
        .ifPresent(
            witness -> {
              variables.put("WITNESS_REGION", witness.region());
              variables.put("WITNESS_TABLE", witness.tableName());
            });
    variables.putAll(PolicyVariables.of(props.settings()));
    databases(variables, role, props);
    traffic(variables, props);
    return variables;
  }

  private static void databases(
      Map<String, String> variables, RegionRole role, FailoverControllerProps props) {
    variables.put("HEARTBEAT_USER", ControlledDatabase.HEARTBEAT_USER);
    variables.put("GLOBAL_CLUSTERS", each(props, ControlledDatabase::globalClusterName));
    variables.put("DATABASE_HOSTS", each(props, it -> it.readerHosts().get(role)));
    variables.put("DATABASE_WRITER_HOSTS", each(props, it -> it.writerHosts().get(role)));
    variables.put("DATABASE_PORT", each(props, it -> String.valueOf(it.port())));
    variables.put("DATABASE_NAME", each(props, ControlledDatabase::databaseName));
  }

  private static void traffic(Map<String, String> variables, FailoverControllerProps props) {
    Traffic traffic = props.traffic();
    variables.put("SERVICE_RECORD", traffic.serviceName());
    variables.put("EXTERNAL_RECORD", traffic.signalName());
    variables.put("ZONE_NAME_SERVERS", Fn.join(",", traffic.nameServers()));
    variables.put("PRIMARY_LOAD_BALANCER", traffic.loadBalancers().primary());
    variables.put("DR_LOAD_BALANCER", traffic.loadBalancers().dr());
    variables.put("PRIMARY_PROBE_URL", probe(traffic, RegionRole.PRIMARY, props.settings()));
    variables.put("DR_PROBE_URL", probe(traffic, RegionRole.DR, props.settings()));
    variables.put("PRIMARY_LATCH_BUCKET", traffic.latchBuckets().primary());
    variables.put("DR_LATCH_BUCKET", traffic.latchBuckets().dr());
    variables.put("TARGET_GROUP_ARN", props.standby().targetGroupArn());
    variables.put("AUTO_SCALING_GROUP", props.standby().autoScalingGroupName());
    variables.put("SERVING_MINIMUM", String.valueOf(props.standby().servingMinimum()));
    variables.put("FULL_CAPACITY", String.valueOf(props.standby().fullCapacity()));
  }

  private static String probe(Traffic traffic, RegionRole role, FailoverSettings settings) {
    return (traffic.tls() ? "https://" : "http://")
        + traffic.loadBalancers().get(role)
        + settings.probePath();
  }

  /** {@code v1=...,v2=...}. */
  private static String each(
      FailoverControllerProps props, Function<ControlledDatabase, String> value) {
    return props.databases().stream()
        .map(database -> database.generation() + "=" + value.apply(database))
        .collect(Collectors.joining(","));
  }
}
