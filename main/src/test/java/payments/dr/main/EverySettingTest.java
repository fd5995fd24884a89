package payments.dr.main;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.compliance.CheckedStack;
import payments.dr.compliance.Resources;
import payments.dr.configuration.Configuration;
import payments.dr.configuration.InvalidConfigurationException;
import payments.dr.configuration.RecoveryChecks;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.recovery.Recovery;
import payments.dr.configuration.recovery.RecoveryObjectives;
import payments.dr.main.SettingsProject.File;
import payments.dr.main.SettingsProject.Kind;
import payments.dr.modules.testing.SynthesizedStack;

/**
 * Every setting that reflection finds has a value other than its default in
 * src/test/resources/settings. With these, all stacks are synthesized under all security rules, and
 * each value shows where it should: in the stacks, or in what reading the files says.
 */
class EverySettingTest {

  /**
   * What a line of the difference from the plain stacks has, where the value itself proves nothing:
   * it is short, is given twice, or is written otherwise.
   */
  private static final Map<String, String> EFFECTS =
      Map.ofEntries(
          entry("environments account", "allowed_account_ids\\.0 = 222222222222"),
          entry("environments bucketPrefix", "\\.bucket = widget-"),
          entry("environments localAws", "provider\\.aws\\.0\\.s3_use_path_style = true"),
          entry("environments protectData", "\\+ .*\\.prevent_destroy = false"),
          entry("environments state.kind", "\\+ terraform\\.cloud\\."),
          entry("environments encryption.deletionWindowDays", "deletion_window_in_days = 17"),
          entry("environments network.natGateways", "- resource\\.aws_nat_gateway\\."),
          entry(
              "environments network.interfaceEndpoints[0]",
              "aws_vpc_endpoint\\..*\\.service_name = com\\.amazonaws\\.eu-west-1\\.ssm"),
          entry("environments dns.recordTtlSeconds", "aws_route53_record\\..*\\.ttl = 17"),
          entry("environments compute.targetCpuPercent", "target_value = 47"),
          entry(
              "environments compute.dr.reservedInstances",
              "aws_ec2_capacity_reservation\\.dr_.*\\.instance_count = 4"),
          entry(
              "environments compute.dr.minInstances",
              "aws_autoscaling_group\\.dr_.*\\.min_size = 109"),
          entry("environments compute.tls", "- resource\\.aws_acm_certificate\\."),
          entry("environments firewall.enabled", "- resource\\.aws_wafv2_web_acl\\."),
          entry("environments databases.deployed[0]", "deployedDatabases\\.value\\.0 = v1"),
          entry("environments databases.active", "activeDatabase\\.value = v1"),
          entry("environments databases.retiring", "retiringDatabase\\.value = v2"),
          entry(
              "environments databases.finalSnapshot",
              "\\.final_snapshot_identifier = dr-last-of-v2-"),
          entry(
              "environments databases.v1.primary.instances",
              "primary_database-v1.*_instance_2_.*instance_class"),
          entry(
              "environments databases.v1.dr.instances",
              "dr_database-v1.*_instance_3_.*instance_class"),
          entry(
              "environments databases.v2.primary.instances",
              "primary_database-v2.*_instance_2_.*instance_class"),
          entry(
              "environments databases.v2.dr.instances",
              "dr_database-v2.*_instance_3_.*instance_class"),
          entry(
              "environments databases.v1.primary.backupRetentionDays",
              "primary_database-v1.*\\.backup_retention_period = 19"),
          entry(
              "environments databases.v1.dr.backupRetentionDays",
              "dr_database-v1.*\\.backup_retention_period = 17"),
          entry(
              "environments databases.v2.primary.backupRetentionDays",
              "primary_database-v2.*\\.backup_retention_period = 19"),
          entry(
              "environments databases.v2.dr.backupRetentionDays",
              "dr_database-v2.*\\.backup_retention_period = 13"),
          entry("environments databases.v1.dr.incarnation", "\\.cluster_identifier = dr-.*-e7"),
          entry("environments databases.v2.dr.incarnation", "\\.cluster_identifier = dr-.*-e7"),
          entry(
              "environments databases.v1.monitoringIntervalSeconds",
              "database-v1.*\\.monitoring_interval = 5"),
          entry(
              "environments databases.v2.monitoringIntervalSeconds",
              "database-v2.*\\.monitoring_interval = 5"),
          entry("environments failover.mode", "variables\\.MODE = AUTO"),
          entry("environments failover.lease", "variables\\.LEASE_GRADE = majority"),
          entry(
              "environments failover.healthCheckIntervalSeconds",
              "aws_route53_health_check\\..*\\.request_interval = 30"),
          entry(
              "environments failover.healthCheckFailureThreshold",
              "aws_route53_health_check\\..*\\.failure_threshold = 2"),
          entry(
              "environments failover.reservedConcurrency",
              "aws_lambda_function\\..*\\.reserved_concurrent_executions = 7"),
          entry("environments failover.auditRetentionMode", "\\.mode = COMPLIANCE"),
          entry("environments backup.hourly.enabled", "- .*aws_backup_plan\\..* = hourly"),
          entry("environments backup.hourly.retentionDays", "aws_backup_plan\\..*delete_after = 3"),
          entry("environments backup.restoreTest.hour", "schedule_expression = cron\\(0 17 \\?"),
          entry("environments backup.vaultLock.minRetentionDays", "min_retention_days = 2"),
          entry("environments backup.vaultLock.changeableForDays", "changeable_for_days = 29"),
          entry("environments monitoring.unhealthyHostThreshold", "_unhealthy_.*threshold = 1"),
          entry("environments monitoring.http5xxPercent", "_http-5xx_.*threshold = 7"),
          entry("environments monitoring.writerCpuPercent", "_writer-cpu_.*threshold = 83"),
          entry("accounts bucketPrefix", "\\.bucket = widget-"),
          entry("accounts localAws", "provider\\.aws\\.0\\.s3_use_path_style = true"),
          entry("accounts state.kind", "\\+ terraform\\.cloud\\."),
          entry("accounts baseline.enabled", "\\+ resource\\.aws_cloudtrail\\."),
          entry(
              "accounts baseline.adopt.configRole",
              "import\\.\\d+\\.id = arn:aws:iam::222222222222:role/.*/AWSServiceRoleForConfig"),
          entry(
              "accounts baseline.adopt.primary.securityHub",
              "import\\.\\d+\\.to = aws_securityhub_account\\.primary_security-hub_.*"),
          entry(
              "accounts baseline.adopt.dr.securityHub",
              "import\\.\\d+\\.to = aws_securityhub_account\\.dr_security-hub_.*"),
          entry(
              "accounts baseline.leave[0]",
              "removed\\.\\d+\\.from = aws_accessanalyzer_analyzer\\."));

  /**
   * What no stack holds, with another value (or none, where it is empty) by which reading and
   * judging the files comes to something else.
   */
  private static final Map<String, String> SAID =
      Map.ofEntries(
          entry("environments security.exceptions[0].rule", "\"cluster-deletable\""),
          entry("environments security.exceptions[0].address", "\"aws_rds_cluster.other\""),
          entry("environments security.exceptions[0].expires", "\"2026-11-24\""),
          entry("environments databases.v1.primary.incarnation", "2"),
          entry("environments databases.v1.primary.differsBecause", "\"it has the old disks\""),
          entry("environments databases.v1.dr.differsBecause", ""),
          entry("environments databases.v2.primary.incarnation", "2"),
          entry("environments databases.v2.primary.differsBecause", "\"it has the old disks\""),
          entry("environments databases.v2.dr.differsBecause", ""),
          entry("environments failover.rtoTargetSeconds", "60"),
          entry("measurements environment", "\"plain\""),
          entry("measurements account", "\"111111111111\""),
          entry("measurements kind", "\"emulated\""),
          entry("measurements figures[0].figure", "\"reconnect\""),
          entry("measurements figures[0].seconds", "98"),
          entry("measurements figures[0].date", "\"2026-01-01\""));

  /** What only people and `./dr` read; the tests of the latter have it. */
  private static final Set<String> READ_ELSEWHERE =
      Set.of(
          "environments approvedDestroys[0].address",
          "environments approvedDestroys[0].reason",
          "environments approvedDestroys[0].expires",
          "environments approvedChanges[0].rule",
          "environments approvedChanges[0].address",
          "environments approvedChanges[0].reason",
          "environments approvedChanges[0].expires",
          "environments rehearsal.maxDollars",
          "environments rehearsal.maxHours",
          "environments security.exceptions[0].reason");

  /** Shorter values stand somewhere by chance. */
  private static final int TELLING_LENGTH = 3;

  private static final SettingsProject PROJECT = project();
  private static final Configuration CONFIGURATION = PROJECT.read();
  private static final Map<File, StackDifference> DIFFERENCES = new HashMap<>();
  private static Map<String, String> texts;
  private static String said;

  @BeforeAll
  static void synthesize() {
    texts = PROJECT.synthesize();
    said = said(SettingsProject.ROOT);
    PROJECT.files().forEach(file -> DIFFERENCES.put(file, StackDifference.of(file, texts)));
  }

  static Stream<Arguments> settings() {
    return Stream.of(Kind.values())
        .flatMap(kind -> kind.keys().stream().map(key -> Arguments.of(kind, key)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("settings")
  void every_setting_has_its_effect(Kind kind, SettingKey key) {
    String setting = kind + " " + key;
    List<File> files = PROJECT.files(kind);

    if (SAID.containsKey(setting)) {
      File file = files.stream().filter(it -> key.groupIsIn(it.tree())).findFirst().orElseThrow();
      assertNotEquals(
          said,
          PROJECT.changed(file, tree -> key.set(tree, json(setting)), EverySettingTest::said),
          setting + " makes no difference to what is said");
      return;
    }
    List<File> changed = files.stream().filter(file -> changes(file, key)).toList();
    assertFalse(changed.isEmpty(), setting + " needs a value in src/test/resources/settings");
    assertTrue(
        READ_ELSEWHERE.contains(setting)
            || changed.stream().anyMatch(file -> shows(file, key, setting)),
        setting + " makes no difference to the stacks");
  }

  @Test
  void whatever_is_referred_to_is_in_the_same_stack() {
    texts.forEach(
        (name, text) -> {
          SynthesizedStack stack = SynthesizedStack.parse(text);
          Set<String> unknown = new TreeSet<>(AddressesTest.referred(stack.json()));
          unknown.removeAll(stack.resources().keySet());
          assertEquals(Set.of(), unknown, name);
        });
  }

  /**
   * {@code kept} stands in Ireland and Frankfurt, its state in Stockholm, its witness in Paris;
   * TerraformValidateIT has it.
   */
  @Test
  void a_european_pair_names_no_other_region_but_those_that_health_checks_come_from() {
    Set<String> others = new TreeSet<>();
    for (String name : List.of("payments-dr-kept", "state-kept", "witness-kept")) {
      SynthesizedStack stack = SynthesizedStack.parse(texts.get(name));
      stack
          .resources("aws_route53_health_check")
          .values()
          .forEach(check -> ((ObjectNode) check).remove("regions"));
      Pattern.compile("\\b(us|ca|sa|ap|af|il|me|mx|eu)-[a-z]+-\\d\\b")
          .matcher(stack.json().toString())
          .results()
          .map(MatchResult::group)
          .filter(region -> !region.matches("eu-(west-[13]|central-1|north-1)"))
          .forEach(region -> others.add(name + " " + region));
    }

    assertEquals(Set.of(), others);
  }

  @Test
  void no_setting_that_is_gone_has_an_effect() {
    Set<String> written = new TreeSet<>(EFFECTS.keySet());
    written.addAll(SAID.keySet());
    written.addAll(READ_ELSEWHERE);
    settings().forEach(it -> written.remove(it.get()[0] + " " + it.get()[1]));

    assertEquals(Set.of(), written);
  }

  /** Which a synthesis by hand asks for, too. */
  @Test
  void environments_can_keep_what_they_promise() {
    assertDoesNotThrow(() -> RecoveryChecks.require(CONFIGURATION));
    assertEquals(List.of(), RecoveryChecks.warnings(CONFIGURATION, SynthesizedStacks.TODAY));
  }

  /** Whether the file gives the setting another value than the plain one has by default. */
  private static boolean changes(File file, SettingKey key) {
    return key.isIn(file.tree())
        && !key.of(file.config(CONFIGURATION)).equals(key.of(file.plain().config(CONFIGURATION)));
  }

  private static boolean shows(File file, SettingKey key, String setting) {
    String text = key.in(file.tree()).asText();
    String itself = "\\+ .*(?<![\\w.-])" + Pattern.quote(text) + "(?![\\w-])";
    if (!EFFECTS.containsKey(setting)) {
      assertTrue(
          text.length() >= TELLING_LENGTH && !key.type().isEnum() && isUnique(text, file),
          () ->
              text + " in " + file.path() + " may stand anywhere: " + setting + " needs an effect");
    }
    return DIFFERENCES.get(file).has(EFFECTS.getOrDefault(setting, itself));
  }

  private static boolean isUnique(String text, File file) {
    return file.kind().keys().stream()
            .filter(key -> key.in(file.tree()).asText().equals(text))
            .count()
        == 1;
  }

  /** What reading the files, and judging the stacks by them, comes to. */
  private static String said(Path root) {
    try {
      Configuration all = Configuration.read(root, Optional.empty());
      List<String> said = new ArrayList<>(RecoveryChecks.warnings(all, SynthesizedStacks.TODAY));
      for (Environment environment : all.environments()) {
        said.add(environment.name() + " recovers in " + Recovery.of(environment).time().seconds());
        RecoveryObjectives.errors(environment).forEach(error -> said.add(error.toString()));
        new CheckedStack(
                environment.name(),
                Resources.of(SynthesizedStack.parse(texts.get(environment.stackName())).json()),
                environment.stackKind(),
                environment.exceptions(SynthesizedStacks.TODAY))
            .faults()
            .forEach(said::add);
      }
      return String.join("\n", said);
    } catch (InvalidConfigurationException e) {
      return e.getMessage();
    }
  }

  private static JsonNode json(String setting) {
    try {
      return new ObjectMapper().readTree(SAID.get(setting));
    } catch (JsonProcessingException e) {
      throw new AssertionError(setting, e);
    }
  }

  private static SettingsProject project() {
    try {
      return new SettingsProject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
