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
              NONE.checks("CKV_AWS_272"),
              "a signing profile is the pipeline's; until then Terraform holds the jar to its"
                  + " hash"),
          new Gap(
              "zone",
              "DNSSEC",
              NONE.checks("CKV2_AWS_38"),
              "needs a record at the parent domain, whose owner must agree; a fault there takes the"
                  + " zone off the net, and AWS was not tried"),
          new Gap(
              "zone",
              "query logs of the zone",
              pci("10.2.1(k)").fsbp("Route53.2"),
              "Route 53 writes them to us-east-1 only, and none of the two Regions is that one",
              List.of("zone-queries-not-logged")),
          new Gap(
              "secret",
              "rotation of the administrator's password by itself",
              pci("8.3.10.1", "8.6.3(k)")
                  .fsbp("SecretsManager.1", "SecretsManager.4")
                  .checks("CKV2_AWS_57"),
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
              pci("6.4.1", "6.4.2").fsbp("WAF.10").hub("ELB.16", "WAF.11"),
              "switched off by firewall.enabled",
              List.of("firewall-rules-missing")),
          new Gap(
              "volume-not-encrypted",
              "encryption of volumes by default in the account",
              pci("3.5.1").fsbp("EC2.7").cis("5.1.1"),
              "part of the account's baseline, as trail and detection; instances of this project encrypt"
                  + " theirs",
              List.of("volume-encryption-not-default")),
          new Gap(
              "trail",
              "CloudTrail of all Regions",
              pci("10.2.1", "10.3.2")
                  .fsbp("CloudTrail.1", "CloudTrail.2", "CloudTrail.4")
                  .cis("3.1", "3.2", "3.4", "3.5", "3.8", "3.9"),
              "made where baseline.enabled is true; else an organization's landing zone has to",
              List.of("trail-incomplete")),
          new Gap(
              "detection",
              "GuardDuty, Security Hub, Config and Access Analyzer in both Regions",
              pci("10.4.1", "11.5.1", "11.5.2")
                  .fsbp(
                      "Config.1",
                      "GuardDuty.1",
                      "GuardDuty.6",
                      "GuardDuty.8",
                      "GuardDuty.9",
                      "GuardDuty.10")
                  .cis("3.3", "4.16", "1.19"),
              "made where baseline.enabled is true; else an organization's landing zone has to",
              List.of("threat-detection-off")),
          new Gap(
              "alarm",
              "alarms on changes of keys, network, policies, ledger and latch",
              pci("10.4.1", "10.7.2").hub("CloudWatch.7").cis("4.7", "4.8", "4.10"),
              "part of each environment; they hear only what a trail of the account records",
              List.of("writer-moves-not-reported")),
          new Gap(
              "alarm",
              "alarms on refused calls, on failed sign-in and on sign-in without a second factor",
              NONE.cis("4.1", "4.2", "4.6"),
              "the trail keeps them; people sign in through an identity provider, which must tell"),
          new Gap(
              "alarm",
              "alarms on changes of policies, keys, buckets, groups and routes that are not made"
                  + " here",
              NONE.fsbp("KMS.3")
                  .hub("CloudWatch.7", "CloudWatch.10")
                  .cis("4.4", "4.7", "4.8", "4.10", "4.13"),
              "each environment watches what failover, ledger, latch and data rest on; the controls"
                  + " ask for the whole account"),
          new Gap(
              "alarm",
              "alarms on the trail and on the root user, wherever they are used",
              NONE.cis("4.3", "4.5"),
              "they hear what a trail of the account records in the two Regions; the root user's"
                  + " sign-in is recorded in us-east-1 alone"),
          new Gap(
              "bucket",
              "objects that nobody can overwrite, in all other buckets",
              NONE.hub("S3.15"),
              "those with audit rows are locked; the rest hold logs, metrics and states, whose old"
                  + " versions are kept"),
          new Gap(
              "alarm",
              "alarms on changes of Config, network ACLs, gateways, VPCs and Organizations",
              NONE.cis("4.9", "4.11", "4.12", "4.14", "4.15"),
              "the trail keeps them, and nobody is told; what a lost gateway breaks, health checks"
                  + " tell"),
          new Gap(
              "trail",
              "the trail in CloudWatch Logs",
              NONE.fsbp("CloudTrail.5").checks("CKV2_AWS_10", "AWS-0162"),
              "it is in S3 only; the alarms on changes hear EventBridge"),
          new Gap(
              "trail",
              "who reads and writes objects of all other buckets",
              NONE.cis("3.8", "3.9"),
              "the trail records states, audit rows and writes to the latch; the rest are logs and"
                  + " metrics"),
          new Gap(
              "detection",
              "Config, Access Analyzer and encryption by default in Regions that are not used",
              NONE.cis("1.19", "3.3", "5.1.1"),
              "the baseline is made in the two Regions of an account; an organization's landing zone"
                  + " has to see to the others, or to refuse them"),
          new Gap(
              "detection",
              "GuardDuty for all accounts of an organization",
              NONE.checks("CKV2_AWS_3"),
              "the baseline is made in one account; the organization's own has to see to the others"),
          new Gap(
              "detection",
              "GuardDuty at run time",
              NONE.fsbp("GuardDuty.11", "GuardDuty.13"),
              "its agent would run on the application's instances, and nobody has measured it"
                  + " there"),
          new Gap(
              "account",
              "no public access to S3, to EBS snapshots and to documents, for the whole account",
              NONE.fsbp("EC2.182", "S3.1", "SSM.7").cis("2.1.4"),
              "settings of the account, which are not made here; each bucket blocks by itself, and"
                  + " volumes are encrypted"),
          new Gap(
              "account",
              "logs of Systems Manager's Automation",
              NONE.fsbp("SSM.6"),
              "a setting of the account, which is not made here; this project runs no automation"),
          new Gap(
              "account",
              "what S3 holds is found and classified",
              NONE.cis("2.1.3"),
              "Macie is not made here; card data belong into the database, and buckets hold logs,"
                  + " metrics, audit rows and states"),
          new Gap(
              "network",
              "endpoints for EC2 and Systems Manager",
              NONE.fsbp("EC2.10", "EC2.57"),
              "their calls leave by TLS through the NAT gateways; an endpoint costs by zone and"
                  + " hour"),
          new Gap(
              "fleet",
              "several instance types in a fleet",
              NONE.fsbp("AutoScaling.6"),
              "capacity is measured for one type, and reserved for it"),
          new Gap(
              "listener",
              "a security policy of those that AWS recommends",
              NONE.fsbp("ELB.17"),
              "ELBSecurityPolicy-TLS13-1-2-2021-06 also takes ciphers of TLS 1.2 that the"
                  + " recommended ELBSecurityPolicy-TLS13-1-2-Res-2021-06 leaves out; nobody has"
                  + " tried that with customers and Route 53's checkers"),
          new Gap(
              "database",
              "subscriptions to events of parameter groups and security groups",
              NONE.fsbp("RDS.21", "RDS.22"),
              "RDS is watched by its metrics, and writer moves by the trail"));
}
