package payments.dr.modules.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hashicorp.cdktf.TerraformOutput;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.Testing;
import com.hashicorp.cdktf.TestingAppConfig;
import com.hashicorp.cdktf.providers.aws.provider.AwsProvider;
import com.hashicorp.cdktf.providers.aws.sns_topic.SnsTopic;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.modules.testing.SynthesizedStack;

/** What is written without asking CDKTF is what CDKTF would have answered. */
class ComponentTest {

  private static final List<String> IDS =
      List.of(
          "topic",
          "a",
          "deep-topic",
          "Default",
          "Resource",
          "us-east-1a",
          "under_score",
          "spaces and (punctuation)",
          "größe",
          "x".repeat(200),
          "y".repeat(300));

  @TempDir Path outdir;

  private TerraformStack stack;

  @BeforeEach
  void stack() {
    stack =
        new TerraformStack(
            Testing.app(TestingAppConfig.builder().outdir(outdir.toString()).build()), "test");
  }

  @Test
  void addresses_are_those_of_cdktf() {
    for (String first : IDS) {
      Component outer = new Component(stack, first);
      for (String second : IDS) {
        // CDKTF has no name for what is called Default throughout.
        if (!List.of(first, second).equals(List.of("Default", "Default"))) {
          assertSame(outer, second);
        }
        if (!second.equals(first)) {
          assertSame(new Component(outer, second + "-in"), first);
          assertSame(new Component(outer, "in-" + second), second);
        }
      }
    }
  }

  @Test
  void expressions_are_those_of_cdktf() {
    AwsProvider.Builder.create(stack, "aws").region("us-east-1").build();
    Component component = new Component(stack, "alerts");
    SnsTopic topic = SnsTopic.Builder.create(component, "topic").name("x").build();
    Reference reference = Reference.to(component, SnsTopic.TF_RESOURCE_TYPE, "topic");
    output("asked", topic.getArn() + topic.getId() + topic.getName() + topic.getOwner());
    output(
        "written",
        reference.arn() + reference.id() + reference.name() + reference.attribute("owner"));

    var outputs = SynthesizedStack.of(stack).json().path("output");

    assertEquals(outputs.path("asked"), outputs.path("written"));
    assertEquals(
        "aws_sns_topic.alerts_topic_" + reference.address().substring(27), reference.address());
  }

  private static void assertSame(Component component, String id) {
    SnsTopic topic = SnsTopic.Builder.create(component, id).build();
    assertEquals(
        "aws_sns_topic." + topic.getFriendlyUniqueId(),
        Reference.to(component, SnsTopic.TF_RESOURCE_TYPE, id).address());
  }

  private void output(String name, String value) {
    TerraformOutput.Builder.create(stack, name).value(value).build();
  }
}
