package payments.dr.modules.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static payments.dr.configuration.settings.SettingsFactory.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.accessanalyzer_analyzer.AccessanalyzerAnalyzer;
import com.hashicorp.cdktf.providers.aws.config_configuration_recorder.ConfigConfigurationRecorder;
import com.hashicorp.cdktf.providers.aws.guardduty_detector.GuarddutyDetector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.baseline.BaselineSettings;
import payments.dr.configuration.baseline.WatchingService;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

/** An account that has some of it already: taken over, or left to others. */
class AdoptionTest {

  private static final String DETECTOR = "0123456789abcdef0123456789abcdef";
  private static final String FINDINGS =
      "arn:aws:securityhub:us-east-2:123456789012:finding-aggregator/01234567-89ab-cdef-0123-456789abcdef";

  @TempDir static Path outdir;

  private static SynthesizedStack made;
  private static SynthesizedStack adopted;
  private static SynthesizedStack left;
  private static SynthesizedStack off;

  @BeforeAll
  static void synthesize() {
    made = synthesize("made", "enabled", true);
    adopted =
        synthesize(
            "adopted",
            "enabled",
            true,
            "adopt",
            group(
                "configRole",
                true,
                "findingAggregator",
                FINDINGS,
                "primary",
                group("recorder", "theirs", "channel", "to-them", "detector", DETECTOR),
                "dr",
                group("securityHub", true, "analyzer", "outside")));
    left = synthesize("left", "enabled", true, "leave", List.of(WatchingService.values()));
    off = synthesize("off", "enabled", false, "leave", List.of(WatchingService.GUARDDUTY));
  }

  @Test
  void what_exists_is_imported_by_its_identifier_in_its_region() {
    Map<String, String> imports = new TreeMap<>();
    for (JsonNode block : adopted.json().path("import")) {
      imports.put(
          block.path("to").asText().replaceFirst("_[0-9A-F]{8}$", ""),
          block.path("provider").asText() + " " + block.path("id").asText());
    }

    assertEquals(
        new TreeMap<>(
            Map.of(
                "aws_iam_service_linked_role.dr_config-role",
                "aws.dr arn:aws:iam::123456789012:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
                "aws_config_configuration_recorder.primary_config_recorder",
                "aws.primary theirs",
                "aws_config_delivery_channel.primary_config_channel",
                "aws.primary to-them",
                "aws_guardduty_detector.primary_guardduty_detector",
                "aws.primary " + DETECTOR,
                "aws_securityhub_account.dr_security-hub",
                "aws.dr 123456789012",
                "aws_securityhub_finding_aggregator.dr_security-hub_findings",
                "aws.dr " + FINDINGS,
                "aws_accessanalyzer_analyzer.dr_access-analyzer",
                "aws.dr outside")),
        imports);
  }

  @Test
  void what_is_adopted_keeps_its_name_and_is_never_destroyed() {
    JsonNode recorder = adopted.only(ConfigConfigurationRecorder.TF_RESOURCE_TYPE, "primary_");
    JsonNode analyzer = adopted.only(AccessanalyzerAnalyzer.TF_RESOURCE_TYPE, "dr_");

    assertEquals("theirs", recorder.path("name").asText());
    assertEquals("outside", analyzer.path("analyzer_name").asText());
    for (JsonNode block : adopted.json().path("import")) {
      String address = block.path("to").asText();
      assertTrue(
          adopted.resources().get(address).at("/lifecycle/prevent_destroy").asBoolean(), address);
    }
    assertTrue(
        adopted.only(GuarddutyDetector.TF_RESOURCE_TYPE, "dr_").path("lifecycle").isMissingNode(),
        "the other Region's detector is made here");
  }

  @Test
  void nothing_is_imported_or_handed_over_by_default() {
    assertTrue(made.json().path("import").isMissingNode());
    assertTrue(made.json().path("removed").isMissingNode());
  }

  @Test
  void what_is_left_to_others_is_forgotten_and_kept() {
    Set<String> gone = new TreeSet<>(made.resources().keySet());
    gone.removeAll(left.resources().keySet());

    assertFalse(gone.isEmpty());
    assertEquals(gone, removed(left));
    for (JsonNode block : left.json().path("removed")) {
      assertFalse(block.at("/lifecycle/destroy").asBoolean(true), block::toString);
    }
  }

  @Test
  void baseline_that_is_switched_off_hands_over_what_it_leaves() {
    assertEquals(
        new TreeSet<>(
            made.resources().keySet().stream().filter(it -> it.contains("guardduty")).toList()),
        removed(off));
    assertTrue(off.resources().isEmpty(), () -> off.resources().keySet().toString());
  }

  @Test
  void what_would_switch_off_what_was_adopted_is_refused() {
    assertEquals(
        "adopt must be absent when enabled is false, which would destroy what was adopted; leave"
            + " hands it over instead, got \"config, security-hub\"",
        refused("adopt", group("configRole", true, "dr", group("securityHub", true))));
    assertEquals(
        "leave must name no service of which adopt names something, got \"guardduty\"",
        refused(
            "enabled",
            true,
            "adopt",
            group("primary", group("detector", DETECTOR)),
            "leave",
            List.of(WatchingService.GUARDDUTY, WatchingService.CONFIG)));
  }

  private static String refused(Object... settings) {
    return assertThrows(
            InvalidSettingsException.class,
            () -> SettingsFactory.of(BaselineSettings.class, settings))
        .getMessage();
  }

  private static Set<String> removed(SynthesizedStack stack) {
    Set<String> removed = new TreeSet<>();
    stack.json().path("removed").forEach(block -> removed.add(block.path("from").asText()));
    return removed;
  }

  private static SynthesizedStack synthesize(String folder, Object... settings) {
    TestStack stack = new TestStack(outdir.resolve(folder));
    AccountBaselineProps props =
        new AccountBaselineProps(
            TestStack.NAMES, SettingsFactory.of(BaselineSettings.class, settings), stack.regions());
    if (props.settings().enabled()) {
      new AccountBaseline(props);
    }
    Handover.in(stack.stack(), props);
    return stack.synthesize();
  }
}
