package payments.dr.modules.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.sns_topic.SnsTopic;
import com.hashicorp.cdktf.providers.aws.sns_topic_policy.SnsTopicPolicy;
import com.hashicorp.cdktf.providers.aws.sns_topic_subscription.SnsTopicSubscription;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.notification.NotificationSettings;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class AlertTopicTest {

  @TempDir static Path outdir;

  private static SynthesizedStack synthesized;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    NotificationSettings settings =
        new NotificationSettings(List.of("oncall@example.com", "sre@example.com"));
    new AlertTopic(
        stack.regions().dr(),
        "alerts",
        new AlertTopicProps(TestStack.NAMES, settings, stack.keys().dr()));
    synthesized = stack.synthesize();
  }

  @Test
  void topic_is_encrypted_with_its_regions_notification_key() {
    JsonNode topic = synthesized.only(SnsTopic.TF_RESOURCE_TYPE);

    assertEquals("dr-alerts-test", topic.path("name").asText());
    assertEquals("aws.dr", topic.path("provider").asText());
    assertTrue(
        topic
            .path("kms_master_key_id")
            .asText()
            .startsWith("${aws_kms_key.dr_encryption_notifications_"),
        topic::toString);
  }

  @Test
  void messages_are_signed_with_sha_256() {
    assertEquals(2, synthesized.only(SnsTopic.TF_RESOURCE_TYPE).path("signature_version").asInt());
  }

  @Test
  void only_alarms_of_this_account_publish_by_the_topics_policy() {
    JsonNode statement = statement(0);

    assertEquals("Allow", statement.path("Effect").asText());
    assertEquals("sns:Publish", statement.path("Action").asText());
    assertEquals(
        "{\"Service\":\"cloudwatch.amazonaws.com\"}", statement.path("Principal").toString());
    assertEquals(
        TestStack.ACCOUNT, statement.at("/Condition/StringEquals/aws:SourceAccount").asText());
  }

  /** A refusal is silent: whichever of the two CloudWatch tells is enough. */
  @Test
  void alarms_that_tell_their_arn_alone_publish_too() {
    JsonNode statement = statement(1);

    assertEquals("sns:Publish", statement.path("Action").asText());
    assertEquals(
        "{\"Service\":\"cloudwatch.amazonaws.com\"}", statement.path("Principal").toString());
    assertEquals(
        "arn:aws:cloudwatch:us-east-2:" + TestStack.ACCOUNT + ":alarm:*",
        statement.at("/Condition/ArnLike/aws:SourceArn").asText());
  }

  @Test
  void plain_text_is_refused_to_everybody() {
    JsonNode statement = statement(2);

    assertEquals("Deny", statement.path("Effect").asText());
    assertEquals("*", statement.path("Principal").asText());
    assertEquals("false", statement.at("/Condition/Bool/aws:SecureTransport").asText());
  }

  @Test
  void each_address_is_subscribed() {
    assertEquals(
        List.of("oncall@example.com", "sre@example.com"),
        synthesized.resources(SnsTopicSubscription.TF_RESOURCE_TYPE).values().stream()
            .map(subscription -> subscription.path("endpoint").asText())
            .toList());
  }

  private static JsonNode statement(int index) {
    JsonNode policy = synthesized.only(SnsTopicPolicy.TF_RESOURCE_TYPE).path("policy");
    return SynthesizedStack.embedded(policy).path("Statement").path(index);
  }
}
