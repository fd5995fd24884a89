package payments.dr.modules.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.route53_query_log.Route53QueryLog;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class QueryLogTest {

  @TempDir Path outdir;

  @Test
  void queries_are_kept_in_the_one_region_where_route_53_writes_them() {
    TestStack stack = new TestStack(outdir);
    var keys = stack.keys();
    new QueryLog(
        stack.regions().primary(),
        "query-log",
        new QueryLogProps(TestStack.NAMES, "Z0PUBLIC", keys.primary()));
    assertEquals(
        "region of a query log must be us-east-1, got \"us-east-2\"",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new QueryLog(
                        stack.regions().dr(),
                        "query-log",
                        new QueryLogProps(TestStack.NAMES, "Z0PUBLIC", keys.dr())))
            .getMessage());

    SynthesizedStack synthesized = stack.synthesize();
    JsonNode group = synthesized.only(CloudwatchLogGroup.TF_RESOURCE_TYPE);
    JsonNode log = synthesized.only(Route53QueryLog.TF_RESOURCE_TYPE);
    assertEquals("/aws/route53/queries-test", group.path("name").asText());
    assertEquals(400, group.path("retention_in_days").asInt());
    assertTrue(
        group.path("kms_key_id").asText().contains("primary_encryption_logs_"), group::toString);
    assertEquals("Z0PUBLIC", log.path("zone_id").asText());
    assertTrue(
        log.path("cloudwatch_log_group_arn").asText().contains("primary_query-log_log-group_"),
        log::toString);
  }
}
