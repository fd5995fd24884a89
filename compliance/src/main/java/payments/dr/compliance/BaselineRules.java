package payments.dr.compliance;

import static payments.dr.compliance.DatabaseRules.ownKey;
import static payments.dr.compliance.References.pci;
import static payments.dr.compliance.Requirement.faultIf;
import static payments.dr.compliance.Requirement.in;
import static payments.dr.compliance.Requirement.on;
import static payments.dr.compliance.Requirement.part;
import static payments.dr.compliance.Rule.types;

import java.util.List;
import java.util.stream.Stream;

/** What watches an account, where it is made here. */
final class BaselineRules {

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "volume-encryption-not-default",
              "volumes are encrypted by default",
              types("aws_ebs_encryption_by_default"),
              Scope.ALWAYS,
              on("enabled"),
              pci("3.5.1").fsbp("EC2.7").cis("5.1.1"),
              "people who start an instance by hand forget to encrypt",
              "enable it"),
          new Rule(
              "trail-incomplete",
              "the trail is of all Regions, validated and encrypted",
              types("aws_cloudtrail"),
              Scope.ALWAYS,
              on("is_multi_region_trail")
                  .and(on("enable_log_file_validation"))
                  .and(on("include_global_service_events"))
                  .and(ownKey("kms_key_id")),
              pci("10.2.1", "10.3.2")
                  .fsbp("CloudTrail.1", "CloudTrail.2", "CloudTrail.4")
                  .cis("3.1", "3.2", "3.5"),
              "an intruder works where nobody looks, and mends the log",
              "make one trail of all Regions, with validation and a key"),
          new Rule(
              "trail-without-data-events",
              "the trail records who touches states and ledger",
              types("aws_cloudtrail"),
              Scope.ALWAYS,
              new Requirement(
                  "advanced_event_selector of Data for AWS::S3::Object and AWS::DynamoDB::Table",
                  (trail, stack) -> {
                    String selectors = trail.text("advanced_event_selector");
                    return faultIf(
                        !selectors.contains("AWS::S3::Object")
                            || !selectors.contains("AWS::DynamoDB::Table"),
                        "no such selectors");
                  }),
              pci("10.2.1").cis("3.8", "3.9"),
              "reading and writing of objects and items is in no trail by default",
              "add the selectors"),
          new Rule(
              "threat-detection-off",
              "threats are looked for",
              types("aws_guardduty_detector"),
              Scope.ALWAYS,
              on("enable"),
              pci("11.5.1").fsbp("GuardDuty.1"),
              "stolen credentials behave like an intruder only in comparison",
              "enable the detector"),
          new Rule(
              "threat-detection-incomplete",
              "threats to data, databases, functions and instances are looked for",
              types("aws_guardduty_detector"),
              Scope.ALWAYS,
              features(
                  "EBS_MALWARE_PROTECTION",
                  "LAMBDA_NETWORK_LOGS",
                  "RDS_LOGIN_EVENTS",
                  "S3_DATA_EVENTS"),
              pci("11.5.1(k)").fsbp("GuardDuty.6", "GuardDuty.8", "GuardDuty.9", "GuardDuty.10"),
              "a detector alone sees the network and the calls, not who signs in to a database",
              "enable each aws_guardduty_detector_feature"),
          new Rule(
              "configuration-not-recorded",
              "changes of configuration are recorded",
              types("aws_config_configuration_recorder"),
              Scope.ALWAYS,
              on("recording_group.all_supported")
                  .and(part("aws_config_configuration_recorder_status", "name", on("is_enabled"))),
              pci("11.5.2").fsbp("Config.1").cis("3.3"),
              "nobody could tell what a resource was like last month",
              "record all supported types, and start the recorder"),
          new Rule(
              "findings-not-rated",
              "findings are rated by standards",
              types("aws_securityhub_account"),
              Scope.ALWAYS,
              subscribed("aws-foundational-security-best-practices", "pci-dss"),
              pci("10.4.1").cis("4.16"),
              "findings that nobody sorts are not read",
              "subscribe to the standards"),
          new Rule(
              "outside-access-not-analyzed",
              "access from outside is looked for",
              types("aws_accessanalyzer_analyzer"),
              Scope.ALWAYS,
              in("type", "ACCOUNT", "ORGANIZATION"),
              pci("7.2.4(k)").cis("1.19"),
              "a policy that is open to another account is not noticed",
              "analyze the account"));

  private BaselineRules() {}

  private static Requirement features(String... names) {
    return new Requirement(
        "an aws_guardduty_detector_feature with status \"ENABLED\" for each of "
            + String.join(", ", names),
        (detector, stack) -> {
          List<String> enabled =
              stack
                  .naming("aws_guardduty_detector_feature", "detector_id", detector)
                  .filter(feature -> feature.text("status").equals("ENABLED"))
                  .map(feature -> feature.text("name"))
                  .toList();
          return Stream.of(names)
              .filter(name -> !enabled.contains(name))
              .map(name -> "none for " + name)
              .findFirst();
        });
  }

  private static Requirement subscribed(String... standards) {
    return new Requirement(
        "aws_securityhub_standards_subscription of " + String.join(" and ", standards),
        (hub, stack) -> {
          List<String> subscribed =
              stack
                  .ofType("aws_securityhub_standards_subscription")
                  .filter(it -> it.text("provider").equals(hub.text("provider")))
                  .map(it -> it.text("standards_arn"))
                  .toList();
          return Stream.of(standards)
              .filter(standard -> subscribed.stream().noneMatch(it -> it.contains(standard)))
              .map(standard -> "none of " + standard)
              .findFirst();
        });
  }
}
