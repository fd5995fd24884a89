package payments.dr.compliance;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.Testing;
import com.hashicorp.cdktf.TestingAppConfig;
import com.hashicorp.cdktf.providers.aws.provider.AwsProvider;
import com.hashicorp.cdktf.providers.aws.sns_topic.SnsTopic;
import com.hashicorp.cdktf.providers.aws.subnet.Subnet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any stack is checked by one line at the end of its constructor, also one that is not of ours. */
class SecurityPolicyTest {

  private static final StackKind KIND = new StackKind(true, false, Optional.empty());

  @TempDir Path outdir;

  private TerraformStack stack;

  @BeforeEach
  void an_empty_stack() {
    stack =
        new TerraformStack(
            Testing.app(TestingAppConfig.builder().outdir(outdir.toString()).build()), "foreign");
    AwsProvider.Builder.create(stack, "aws").region("eu-west-1").build();
  }

  @Test
  void a_stack_of_sound_resources_passes() {
    subnet(false);

    assertDoesNotThrow(() -> SecurityPolicy.apply(stack, KIND, Exceptions.NONE));
  }

  @Test
  void a_stack_that_breaks_rules_is_refused_with_all_of_them() {
    subnet(true);
    SnsTopic.Builder.create(stack, "topic").name("open").build();

    String message =
        assertThrows(
                PolicyViolatedException.class,
                () -> SecurityPolicy.apply(stack, KIND, Exceptions.NONE))
            .getMessage();

    for (String rule :
        List.of(
            "subnet-gives-public-addresses",
            "topic-not-encrypted",
            "topic-accepts-plain-text",
            "topic-publishers-not-named",
            "topic-signature-weak")) {
      assertTrue(message.contains(" breaks security rule " + rule + " ("), message);
    }
    assertTrue(
        message.lines().allMatch(line -> line.endsWith("; this stack takes no exceptions")),
        message);
  }

  private void subnet(boolean publicAddresses) {
    Subnet.Builder.create(stack, "subnet")
        .vpcId("vpc-1")
        .cidrBlock("10.0.0.0/24")
        .mapPublicIpOnLaunch(publicAddresses)
        .build();
  }
}
