package payments.dr.modules.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.iam_role.IamRole;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicy;
import com.hashicorp.cdktf.providers.aws.iam_role_policy_attachment.IamRolePolicyAttachment;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.modules.region.Region;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class ServiceRoleTest {

  private static final String MANAGED = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

  @TempDir static Path outdir;

  private static SynthesizedStack synthesized;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    Region region = stack.regions().dr();
    Statement write = Statement.allow("Write").actions("logs:PutLogEvents").on("arn");
    new ServiceRole(
        region,
        "backup",
        region,
        ServiceRoleProps.of("backup-test", "backup.amazonaws.com", write));
    new ServiceRole(
        region,
        "instance",
        region,
        ServiceRoleProps.withoutSourceAccount("instance-test", "ec2.amazonaws.com")
            .withManagedPolicies(MANAGED));
    new ServiceRole(
        region,
        "rule",
        region,
        ServiceRoleProps.of("rule-test", "events.amazonaws.com").onlyFor("arn:rule"));
    synthesized = stack.synthesize();
  }

  @Test
  void service_that_says_whom_it_works_for_must_work_for_this_account() {
    JsonNode trust = trust("dr_backup");

    assertEquals("sts:AssumeRole", trust.path("Action").asText());
    assertEquals("{\"Service\":\"backup.amazonaws.com\"}", trust.path("Principal").toString());
    assertEquals(TestStack.ACCOUNT, trust.at("/Condition/StringEquals/aws:SourceAccount").asText());
  }

  @Test
  void service_that_does_not_say_is_trusted_without_condition() {
    JsonNode trust = trust("dr_instance");

    assertEquals("{\"Service\":\"ec2.amazonaws.com\"}", trust.path("Principal").toString());
    assertFalse(trust.has("Condition"), trust::toString);
  }

  @Test
  void service_may_be_trusted_for_one_resource_only() {
    JsonNode condition = trust("dr_rule").path("Condition");

    assertEquals("arn:rule", condition.at("/ArnEquals/aws:SourceArn").asText());
    assertEquals(TestStack.ACCOUNT, condition.at("/StringEquals/aws:SourceAccount").asText());
  }

  @Test
  void statements_become_the_roles_only_inline_policy() {
    JsonNode policy = synthesized.only(IamRolePolicy.TF_RESOURCE_TYPE);

    assertEquals("permissions", policy.path("name").asText());
    assertEquals(
        "logs:PutLogEvents",
        SynthesizedStack.embedded(policy.path("policy")).at("/Statement/0/Action").asText());
  }

  @Test
  void managed_policies_are_attached() {
    JsonNode attachment =
        synthesized.only(
            IamRolePolicyAttachment.TF_RESOURCE_TYPE, "dr_instance_AmazonSSMManagedInstanceCore");

    assertEquals(MANAGED, attachment.path("policy_arn").asText());
  }

  private static JsonNode trust(String prefix) {
    JsonNode role = synthesized.only(IamRole.TF_RESOURCE_TYPE, prefix);
    return SynthesizedStack.embedded(role.path("assume_role_policy")).at("/Statement/0");
  }
}
