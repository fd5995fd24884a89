package payments.dr.modules.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.database.ReplicationAccessProps.Member;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class ReplicationAccessTest {

  private static final Member V1 = new Member("v1", "sg-1", 5432);
  private static final Member V2 = new Member("v2", "sg-2", 6432);
  private static final String INGRESS = "aws_vpc_security_group_ingress_rule";
  private static final String EGRESS = "aws_vpc_security_group_egress_rule";

  @TempDir Path outdir;

  @Test
  void each_reaches_the_other_on_the_port_that_it_listens_on() {
    SynthesizedStack stack = synthesize(V1, V2);

    assertEquals(4, stack.resources().size(), () -> stack.resources().keySet().toString());
    for (List<Member> pair : List.of(List.of(V1, V2), List.of(V2, V1))) {
      Member subscriber = pair.get(0);
      Member publisher = pair.get(1);
      String path = "dr_replication-access_" + subscriber.generation();
      JsonNode ingress = stack.only(INGRESS, path);
      JsonNode egress = stack.only(EGRESS, path);
      assertEquals(publisher.securityGroupId(), ingress.path("security_group_id").asText());
      assertEquals(
          subscriber.securityGroupId(), ingress.path("referenced_security_group_id").asText());
      assertEquals(subscriber.securityGroupId(), egress.path("security_group_id").asText());
      assertEquals(
          publisher.securityGroupId(), egress.path("referenced_security_group_id").asText());
      for (JsonNode rule : List.of(ingress, egress)) {
        assertEquals("aws.dr", rule.path("provider").asText());
        assertEquals("tcp", rule.path("ip_protocol").asText());
        assertEquals(publisher.port(), rule.path("from_port").asInt());
        assertEquals(publisher.port(), rule.path("to_port").asInt());
      }
    }
  }

  @Test
  void a_lone_generation_gets_nothing() {
    assertEquals(Map.of(), synthesize(V2).resources());
  }

  private SynthesizedStack synthesize(Member... members) {
    TestStack stack = new TestStack(outdir);
    new ReplicationAccess(
        stack.regions().get(RegionRole.DR),
        "replication-access",
        new ReplicationAccessProps(List.of(members)));
    return stack.synthesize();
  }
}
