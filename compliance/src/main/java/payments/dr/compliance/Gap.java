package payments.dr.compliance;

import static payments.dr.compliance.References.NONE;
import static payments.dr.compliance.References.pci;

import java.util.List;

/**
 * A setting that controls ask for and the project does not have yet.
 *
 * @param topic what kind of resource it is about
 * @param what is missing
 * @param reason why, and what stands in for it
 * @param closedBy ids of rules; where one of them looks at something, the item is not open
 */
public record Gap(
    String topic, String what, References references, String reason, List<String> closedBy) {

  private Gap(String topic, String what, References references, String reason) {
    this(topic, what, references, reason, List.of());
  }

  public static final List<Gap> ALL =
      List.of(
          new Gap(
              "state",
              "who may read Terraform states",
              pci("7.2.1(k)"),
              "the pipeline's roles, which are not made here, decide; give nobody else"
                  + " s3:GetObject"),
          new Gap(
              "function",
              "signed code of the failover function",
              NONE.fsbp("Lambda.5(k)"),
              "a signing profile is the pipeline's; until then Terraform holds the jar to its"
                  + " hash"),
          new Gap(
              "zone",
              "DNSSEC",
              NONE.fsbp("Route53.2(k)"),
              "needs a record at the parent domain, whose owner must agree; a fault there takes the"
                  + " zone off the net, and AWS was not tried"),
          new Gap(
              "zone",
              "query logs of the zone",
              pci("10.2.1(k)").fsbp("Route53.2(k)"),
              "Route 53 writes them to us-east-1 only, and none of the two Regions is that one",
              List.of("zone-queries-not-logged")),
          new Gap(
              "secret",
              "rotation of the administrator's password by itself",
              pci("8.3.10.1", "8.6.3(k)").fsbp("SecretsManager.1", "SecretsManager.4(k)"),
              "raise databases.<generation>.passwordVersion, within 30 days; programs sign in by"
                  + " IAM"),
          new Gap(
              "certificate",
              "alarm before a certificate expires",
              pci("4.2.1").fsbp("ACM.1"),
              "ACM renews by itself while its validation record stands, which Terraform keeps",
              List.of("certificate-expiry-not-alarmed")),
          new Gap(
              "firewall",
              "web application firewall",
              pci("6.4.1", "6.4.2").fsbp("ELB.16", "WAF.11"),
              "switched off by firewall.enabled",
              List.of("firewall-rules-missing")),
          new Gap(
              "volume-not-encrypted",
              "encryption of volumes by default in the account",
              pci("3.5.1").fsbp("EC2.7(k)").cis("5.1.1"),
              "part of the account's baseline, as trail and detection; instances of this project encrypt"
                  + " theirs",
              List.of("volume-encryption-not-default")),
          new Gap(
              "trail",
              "CloudTrail of all Regions",
              pci("10.2.1", "10.3.2")
                  .fsbp("CloudTrail.1", "CloudTrail.2", "CloudTrail.4")
                  .cis("3.1", "3.2", "3.5", "3.8", "3.9"),
              "made where baseline.enabled is true; else an organisation's landing zone has to",
              List.of("trail-incomplete")),
          new Gap(
              "detection",
              "GuardDuty, Security Hub, Config and Access Analyzer in both Regions",
              pci("10.4.1", "11.5.1", "11.5.2")
                  .fsbp("GuardDuty.1", "Config.1")
                  .cis("3.3", "4.16", "1.19"),
              "made where baseline.enabled is true; else an organisation's landing zone has to",
              List.of("threat-detection-off")),
          new Gap(
              "alarm",
              "alarms on changes of keys, network, policies, ledger and latch",
              pci("10.4.1", "10.7.2").fsbp("CloudWatch.7(k)").cis("4.7", "4.8", "4.10"),
              "part of each environment; they hear only what a trail of the account records",
              List.of("writer-moves-not-reported")),
          new Gap(
              "alarm",
              "alarms on refused calls and on sign-in without a second factor",
              NONE.cis("4.1", "4.2"),
              "the trail keeps them; people sign in through an identity provider, which must tell"));
}
