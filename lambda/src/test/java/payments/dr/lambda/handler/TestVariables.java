package payments.dr.lambda.handler;

import java.util.HashMap;
import java.util.Map;

/** Every required variable of the function. */
final class TestVariables {

  static final Map<String, String> DR =
      Map.ofEntries(
          Map.entry("ENVIRONMENT", "prod"),
          Map.entry("REGION_ROLE", "dr"),
          Map.entry("MODE", "AUTO"),
          Map.entry("LEASE_GRADE", "best-effort"),
          Map.entry("PRIMARY_REGION", "us-east-1"),
          Map.entry("DR_REGION", "us-east-2"),
          Map.entry("PRIMARY_LEDGER_TABLE", "primary-ledger-prod"),
          Map.entry("DR_LEDGER_TABLE", "dr-ledger-prod"),
          Map.entry("GLOBAL_CLUSTERS", "v1=global-db-prod,v2=global-db-v2-prod"),
          Map.entry("DATABASE_HOSTS", "v1=reader1.example.com,v2=reader2.example.com"),
          Map.entry("DATABASE_WRITER_HOSTS", "v1=writer1.example.com,v2=writer2.example.com"),
          Map.entry("DATABASE_PORT", "v1=5432,v2=6432"),
          Map.entry("DATABASE_NAME", "v1=paymentsdb,v2=paymentsdb"),
          Map.entry("HEARTBEAT_USER", "payments_heartbeat"),
          Map.entry("ZONE_NAME_SERVERS", "ns-1.example.com,ns-2.example.net"),
          Map.entry("EXTERNAL_RECORD", "ext.payments.example.com"),
          Map.entry("SERVICE_RECORD", "pay.payments.example.com"),
          Map.entry("PRIMARY_LOAD_BALANCER", "primary.example.com"),
          Map.entry("DR_LOAD_BALANCER", "dr.example.com"),
          Map.entry("PRIMARY_PROBE_URL", "https://primary.example.com/healthz/payments"),
          Map.entry("DR_PROBE_URL", "https://dr.example.com/healthz/payments"),
          Map.entry(
              "TARGET_GROUP_ARN",
              "arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/dr-tg-prod/0123456789abcdef"),
          Map.entry("AUTO_SCALING_GROUP", "dr-asg-prod"),
          Map.entry("SERVING_MINIMUM", "2"),
          Map.entry("FULL_CAPACITY", "6"),
          Map.entry("PRIMARY_LATCH_BUCKET", "primary-latch-prod"),
          Map.entry("DR_LATCH_BUCKET", "dr-latch-prod"),
          Map.entry("AUDIT_BUCKET", "dr-audit-prod"),
          Map.entry("PRIMARY_TOPIC_ARN", "arn:aws:sns:us-east-1:123456789012:primary-topic-prod"),
          Map.entry("DR_TOPIC_ARN", "arn:aws:sns:us-east-2:123456789012:dr-topic-prod"),
          Map.entry("EVENT_BUS", "dr-bus-prod"),
          Map.entry("SHORTEST_DETECTION_SECONDS", "21"),
          Map.entry("CONFIRM_SECONDS", "26"),
          Map.entry("COOL_DOWN_SECONDS", "1801"),
          Map.entry("FAILBACK_AFTER_SECONDS", "601"),
          Map.entry("LOSS_TARGET_SECONDS", "61"),
          Map.entry("METRICS_NAMESPACE", "PaymentsDr"));

  /** The same for the primary Region's function. */
  static final Map<String, String> PRIMARY = with(Map.of("REGION_ROLE", "primary"));

  private TestVariables() {}

  /** The DR Region's, but for some. */
  static Map<String, String> with(Map<String, String> others) {
    Map<String, String> variables = new HashMap<>(DR);
    variables.putAll(others);
    return variables;
  }
}
