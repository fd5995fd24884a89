package payments.dr.modules.encryption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.kms_alias.KmsAlias;
import com.hashicorp.cdktf.providers.aws.kms_key.KmsKey;
import com.hashicorp.cdktf.providers.aws.kms_replica_key.KmsReplicaKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class EncryptionKeysTest {

  private static final String ROOT = "arn:aws:iam::" + TestStack.ACCOUNT + ":root";

  @TempDir static Path outdir;
  @TempDir static Path otherOutdir;

  private static RegionPair<EncryptionKeys> keys;
  private static SynthesizedStack synthesized;
  private static SynthesizedStack unprotected;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    keys = stack.keys();
    synthesized = stack.synthesize();
    TestStack other = new TestStack(otherOutdir);
    other.keys(false);
    unprotected = other.synthesize();
  }

  @ParameterizedTest
  @EnumSource
  void each_purpose_has_a_key_in_each_region(KeyPurpose purpose) {
    JsonNode primary = alias("primary", purpose);
    JsonNode dr = alias("dr", purpose);

    assertEquals("alias/primary-" + purpose.id() + "-test", primary.path("name").asText());
    assertEquals("aws.primary", primary.path("provider").asText());
    assertEquals("alias/dr-" + purpose.id() + "-test", dr.path("name").asText());
    assertEquals("aws.dr", dr.path("provider").asText());
    assertNotEquals(keys.primary().arn(purpose), keys.dr().arn(purpose));
  }

  @Test
  void all_keys_rotate_each_year_and_can_be_recovered_for_30_days() {
    synthesized
        .resources(KmsKey.TF_RESOURCE_TYPE)
        .forEach(
            (address, key) -> {
              assertTrue(key.path("enable_key_rotation").asBoolean(), address);
              assertEquals(365, key.path("rotation_period_in_days").asInt(), address);
              assertEquals(30, key.path("deletion_window_in_days").asInt(), address);
            });
  }

  @Test
  void only_the_data_key_is_multi_region_and_it_has_its_replica_in_the_dr_region() {
    List<String> multiRegion =
        synthesized.resources(KmsKey.TF_RESOURCE_TYPE).entrySet().stream()
            .filter(key -> key.getValue().path("multi_region").asBoolean())
            .map(key -> key.getKey().replaceFirst("_[0-9A-F]{8}$", ""))
            .toList();
    JsonNode replica = synthesized.only(KmsReplicaKey.TF_RESOURCE_TYPE);

    assertEquals(List.of("aws_kms_key.primary_encryption_data"), multiRegion);
    assertEquals("aws.dr", replica.path("provider").asText());
    assertTrue(
        replica
            .path("primary_key_arn")
            .asText()
            .startsWith("${aws_kms_key.primary_encryption_data_"),
        replica::toString);
    assertEquals(30, replica.path("deletion_window_in_days").asInt());
  }

  @Test
  void keys_of_protected_data_are_never_destroyed() {
    keysOf(synthesized).forEach((address, key) -> assertTrue(refusesDestruction(key), address));
    keysOf(unprotected).forEach((address, key) -> assertFalse(refusesDestruction(key), address));
    assertEquals(16, keysOf(synthesized).size());
  }

  @ParameterizedTest
  @EnumSource
  void account_administers_but_gets_no_use(KeyPurpose purpose) {
    JsonNode administration = statement(purpose, "AdministerByAccount");

    assertEquals(ROOT, administration.at("/Principal/AWS").asText());
    for (String use : List.of("kms:Decrypt", "kms:GenerateDataKey", "kms:CreateGrant")) {
      assertFalse(texts(administration.path("Action")).contains(use), use);
    }
    for (String rescue : List.of("kms:PutKeyPolicy", "kms:ScheduleKeyDeletion")) {
      assertTrue(texts(administration.path("Action")).contains(rescue), rescue);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nobody_is_granted_all_actions(KeyPurpose purpose) {
    statements(purpose)
        .forEach(
            statement ->
                texts(statement.path("Action"))
                    .forEach(action -> assertFalse(action.contains("*"), statement::toString)));
  }

  @ParameterizedTest
  @EnumSource
  void whoever_is_not_the_account_comes_under_a_condition(KeyPurpose purpose) {
    statements(purpose)
        .filter(statement -> !statement.at("/Principal/AWS").asText().equals(ROOT))
        .forEach(statement -> assertFalse(statement.path("Condition").isEmpty(), purpose::id));
  }

  static Stream<Arguments> services() {
    List<String> both = List.of("us-east-1", "us-east-2");
    List<String> own = List.of("us-east-2");
    return Stream.of(
        Arguments.of(KeyPurpose.DATA, List.of("rds", "dynamodb", "secretsmanager", "backup"), both),
        Arguments.of(KeyPurpose.BACKUP, List.of("backup", "rds", "dynamodb"), both),
        Arguments.of(KeyPurpose.COMPUTE, List.of("ec2", "lambda"), own),
        Arguments.of(KeyPurpose.NOTIFICATIONS, List.of("sns", "sqs"), own),
        Arguments.of(KeyPurpose.STORAGE, List.of("s3", "firehose"), own),
        Arguments.of(KeyPurpose.STATE, List.of("s3"), own),
        Arguments.of(KeyPurpose.AUDIT, List.of("s3"), own));
  }

  /** What has copies in the other Region is asked for from there too. */
  @ParameterizedTest
  @MethodSource("services")
  void own_principals_use_a_key_through_its_services_where_its_data_lives(
      KeyPurpose purpose, List<String> services, List<String> regions) {
    List<String> endpoints =
        services.stream()
            .flatMap(
                service ->
                    regions.stream().map(region -> service + "." + region + ".amazonaws.com"))
            .toList();

    for (String sid : List.of("UseThroughServices", "GrantToServices")) {
      JsonNode equals = statement(purpose, sid).at("/Condition/StringEquals");

      assertEquals(endpoints, texts(equals.path("kms:ViaService")), sid);
      assertEquals(TestStack.ACCOUNT, equals.path("kms:CallerAccount").asText(), sid);
    }
    assertEquals(
        "true",
        statement(purpose, "GrantToServices")
            .at("/Condition/Bool/kms:GrantIsForAWSResource")
            .asText());
  }

  @Test
  void auto_scaling_is_named_in_a_condition_because_its_role_may_not_exist_yet() {
    for (String sid : List.of("UseByAutoScaling", "GrantByAutoScaling")) {
      JsonNode statement = statement(KeyPurpose.COMPUTE, sid);

      assertEquals("*", statement.path("Principal").asText(), sid);
      assertEquals(
          "arn:aws:iam::"
              + TestStack.ACCOUNT
              + ":role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
          statement.at("/Condition/ArnEquals/aws:PrincipalArn").asText(),
          sid);
    }
  }

  @Test
  void log_key_opens_log_groups_of_its_own_region_only() {
    JsonNode statement = statement(KeyPurpose.LOGS, "UseByCloudWatchLogs");

    assertEquals("logs.us-east-2.amazonaws.com", statement.at("/Principal/Service").asText());
    assertEquals(
        "arn:aws:logs:us-east-2:" + TestStack.ACCOUNT + ":log-group:*",
        statement
            .path("Condition")
            .path("ArnLike")
            .path("kms:EncryptionContext:aws:logs:arn")
            .asText());
  }

  @Test
  void notification_key_opens_for_alarms_of_this_account() {
    JsonNode statement = statement(KeyPurpose.NOTIFICATIONS, "UseByAlarms");

    assertEquals("cloudwatch.amazonaws.com", statement.at("/Principal/Service").asText());
    assertEquals(List.of("kms:Decrypt", "kms:GenerateDataKey"), texts(statement.path("Action")));
    assertEquals(
        TestStack.ACCOUNT, statement.at("/Condition/StringEquals/aws:SourceAccount").asText());
  }

  /** A refusal is silent: either that they tell the account or what they encrypt is enough. */
  @Test
  void notification_key_opens_for_messages_of_this_accounts_topics() {
    JsonNode statement = statement(KeyPurpose.NOTIFICATIONS, "UseByAlarmsForTopics");

    assertEquals("cloudwatch.amazonaws.com", statement.at("/Principal/Service").asText());
    assertEquals(List.of("kms:Decrypt", "kms:GenerateDataKey"), texts(statement.path("Action")));
    assertEquals(
        "arn:aws:sns:us-east-2:" + TestStack.ACCOUNT + ":*",
        statement.at("/Condition/ArnLike/kms:EncryptionContext:aws:sns:topicArn").asText());
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyPurpose.class,
      names = {"DATA", "BACKUP"})
  void keys_of_what_is_backed_up_open_for_the_roles_of_aws_backup(KeyPurpose purpose) {
    List<String> roles =
        List.of(
            "arn:aws:iam::" + TestStack.ACCOUNT + ":role/backup-role-*",
            "arn:aws:iam::"
                + TestStack.ACCOUNT
                + ":role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup");
    for (String sid : List.of("UseByBackup", "GrantByBackup")) {
      JsonNode statement = statement(purpose, sid);
      assertEquals(roles, texts(statement.at("/Condition/ArnLike/aws:PrincipalArn")), sid);
      // What they may stays what their own policies say.
      assertEquals(
          "arn:aws:iam::" + TestStack.ACCOUNT + ":root",
          statement.at("/Principal/AWS").asText(),
          sid);
    }
    assertEquals(
        "true",
        statement(purpose, "GrantByBackup")
            .at("/Condition/Bool/kms:GrantIsForAWSResource")
            .asText());
    JsonNode retire = statement(purpose, "RetireGrantsOfBackup");
    assertEquals("kms:RetireGrant", retire.path("Action").asText());
    assertEquals(
        List.of("backup.us-east-1.amazonaws.com", "backup.us-east-2.amazonaws.com"),
        texts(retire.at("/Condition/StringEquals/kms:ViaService")));
  }

  @Test
  void audit_key_opens_for_trails_of_its_own_region_and_for_config_of_this_account() {
    String trails = "arn:aws:cloudtrail:us-east-2:" + TestStack.ACCOUNT + ":trail/*";
    for (String sid : List.of("EncryptByCloudTrail", "DescribeByCloudTrail")) {
      JsonNode statement = statement(KeyPurpose.AUDIT, sid);
      assertEquals("cloudtrail.amazonaws.com", statement.at("/Principal/Service").asText());
      assertEquals(trails, statement.at("/Condition/ArnLike/aws:SourceArn").asText(), sid);
    }
    assertEquals(
        trails,
        statement(KeyPurpose.AUDIT, "EncryptByCloudTrail")
            .at("/Condition/ArnLike/kms:EncryptionContext:aws:cloudtrail:arn")
            .asText());
    assertEquals(
        TestStack.ACCOUNT,
        statement(KeyPurpose.AUDIT, "UseByConfig")
            .at("/Condition/StringEquals/aws:SourceAccount")
            .asText());
  }

  private static Map<String, JsonNode> keysOf(SynthesizedStack stack) {
    Map<String, JsonNode> found = new TreeMap<>(stack.resources(KmsKey.TF_RESOURCE_TYPE));
    found.putAll(stack.resources(KmsReplicaKey.TF_RESOURCE_TYPE));
    return found;
  }

  private static boolean refusesDestruction(JsonNode resource) {
    return resource.at("/lifecycle/prevent_destroy").asBoolean();
  }

  private static JsonNode alias(String role, KeyPurpose purpose) {
    return synthesized.only(
        KmsAlias.TF_RESOURCE_TYPE, role + "_encryption_" + purpose.id() + "-alias");
  }

  /** Of the DR Region's key, which for data is the replica. */
  private static Stream<JsonNode> statements(KeyPurpose purpose) {
    String type =
        purpose == KeyPurpose.DATA ? KmsReplicaKey.TF_RESOURCE_TYPE : KmsKey.TF_RESOURCE_TYPE;
    JsonNode key = synthesized.only(type, "dr_encryption_" + purpose.id());
    JsonNode policy = SynthesizedStack.embedded(key.path("policy"));
    return StreamSupport.stream(policy.path("Statement").spliterator(), false);
  }

  private static JsonNode statement(KeyPurpose purpose, String sid) {
    return statements(purpose)
        .filter(statement -> statement.path("Sid").asText().equals(sid))
        .findFirst()
        .orElseThrow(() -> new AssertionError("expected " + sid + " for " + purpose));
  }

  private static List<String> texts(JsonNode oneOrMore) {
    return oneOrMore.isTextual()
        ? List.of(oneOrMore.asText())
        : StreamSupport.stream(oneOrMore.spliterator(), false).map(JsonNode::asText).toList();
  }
}
