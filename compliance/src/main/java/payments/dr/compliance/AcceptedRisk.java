package payments.dr.compliance;

import static payments.dr.compliance.References.NONE;
import static payments.dr.compliance.References.pci;

import java.util.List;

/**
 * A control that the project departs from for good.
 *
 * @param topic what kind of resource it is about
 */
public record AcceptedRisk(String topic, String what, References references, String reason) {

  public static final List<AcceptedRisk> ALL =
      List.of(
          new AcceptedRisk(
              "database",
              "no automatic minor upgrades of Aurora",
              pci("6.3.3").fsbp("RDS.13", "RDS.35").cis("2.2.2").checks("CKV_AWS_226"),
              "Aurora refuses to fail over between unequal versions; upgrades are a runbook, DR"
                  + " first"),
          new AcceptedRisk(
              "load balancer",
              "load balancers speak plain HTTP to the fleet",
              NONE.fsbp("ELB.21", "ELB.22"),
              "only within the application's subnets, between two security groups; an instance's own"
                  + " certificate would be verified by nobody, because load balancers do not"),
          new AcceptedRisk(
              "bucket",
              "the latch's buckets are encrypted by S3 (AES256), not by an own key",
              pci("3.5.1").hub("S3.17").checks("CKV_AWS_145", "AWS-0132"),
              "Route 53's checkers read the object without credentials, so without a key; it holds"
                  + " no data"),
          new AcceptedRisk(
              "bucket",
              "buckets of access logs are encrypted by S3 (AES256), not by an own key",
              pci("3.5.1").hub("S3.17").checks("CKV_AWS_145", "AWS-0132"),
              "load balancers cannot write under a customer's key"),
          new AcceptedRisk(
              "load balancer",
              "port 80 listens",
              NONE.fsbp("ELB.18").checks("CKV_AWS_260"),
              "it only redirects to HTTPS; without it, customers who leave out the scheme would see"
                  + " nothing"),
          new AcceptedRisk(
              "bucket",
              "buckets of access logs do not log who reads them",
              NONE.fsbp("S3.9").checks("AWS-0089"),
              "a bucket that logs to itself grows by each line"),
          new AcceptedRisk(
              "bucket",
              "no second factor to delete objects",
              NONE.cis("2.1.2"),
              "only the root user could switch it on, and no pipeline could delete; policies refuse"
                  + " to delete versions of states, and locks keep audit rows"),
          new AcceptedRisk(
              "secret",
              "the administrator's password may go unread for 90 days",
              NONE.fsbp("SecretsManager.3"),
              "programs sign in by IAM; it is there for initialization, migrations and emergencies"),
          new AcceptedRisk(
              "queue",
              "the queue of alarms is encrypted by SQS, not by an own key",
              pci("3.5.1(k)"),
              "no document says under which conditions EventBridge may use a customer's key for a"
                  + " queue; names and states of alarms lie there for five minutes"),
          new AcceptedRisk(
              "database",
              "generation v1 listens on port 5432",
              pci("2.2.2(k)").fsbp("RDS.23"),
              "its applications know the port; the generation leaves with the migration to v2"),
          new AcceptedRisk(
              "database",
              "log_statement is none",
              NONE.checks("CKV2_AWS_27"),
              "statements would write card data into logs; pgaudit logs changes of tables and roles"),
          new AcceptedRisk(
              "network",
              "the application and the controller may reach any address on 443, the controller on 53",
              pci("1.3.2").checks("AWS-0104"),
              "AWS's endpoints and the zone's name servers have no fixed addresses"),
          new AcceptedRisk(
              "network",
              "VPCs have an internet gateway",
              NONE.fsbp("EC2.172"),
              "customers come in through the load balancers"),
          new AcceptedRisk(
              "network",
              "network ACLs are AWS's default ones, which let everything through",
              NONE.cis("5.2"),
              "security groups decide who comes in, and rules hold them to that; an ACL knows no"
                  + " connections, and would have to let in every answer"),
          new AcceptedRisk(
              "load balancer",
              "load balancers are reached from the internet",
              NONE.checks("AWS-0053"),
              "customers come in through them; a firewall stands before them where data is kept"),
          new AcceptedRisk(
              "firewall",
              "the firewall lets in customers behind VPNs, proxies and hosting providers",
              NONE.checks("CKV2_AWS_76"),
              "AWSManagedRulesAnonymousIpList would turn them away; the rules against known bad"
                  + " inputs, Log4j's among them, are on"),
          new AcceptedRisk(
              "bucket",
              "everybody may read the latch, from the addresses of Route 53's checkers",
              NONE.checks("CKV_AWS_70"),
              "they sign no request; the objects say which Region customers are sent to, which DNS"
                  + " says as well"),
          new AcceptedRisk(
              "bucket",
              "buckets of logs, of audit rows and of the latch are not replicated",
              NONE.checks("CKV_AWS_144"),
              "each Region has its own, and writes them without the other one; states and the"
                  + " archive of metrics are replicated, and the account's trail lies in the DR"
                  + " Region"),
          new AcceptedRisk(
              "bucket",
              "buckets send no message for each object",
              NONE.checks("CKV2_AWS_62"),
              "the trail records what matters, and alarms hear it; the rest would be a message for"
                  + " each file of logs"),
          new AcceptedRisk(
              "trail",
              "the trail announces no file",
              NONE.checks("CKV_AWS_252"),
              "the alarms on changes hear EventBridge, minutes before a file is written"),
          new AcceptedRisk(
              "schedule",
              "the controller's schedules are encrypted by AWS's key, not by an own key",
              NONE.checks("CKV_AWS_297"),
              "they hold the names of a function, a role and a queue; a key that is disabled by"
                  + " mistake would stop the controller, which has to act on that day"),
          new AcceptedRisk(
              "database",
              "the pointer is a parameter in plain text",
              NONE.checks("CKV2_AWS_34"),
              "it says which generation is active, and no secret; applications would need a key to"
                  + " read it"),
          new AcceptedRisk(
              "detection",
              "Config records IAM and other global resources in the DR Region alone",
              NONE.checks("CKV2_AWS_48"),
              "each Region that records them would have the same again"),
          new AcceptedRisk(
              "backup",
              "the security group of restored copies is attached to nothing in a plan",
              NONE.checks("CKV2_AWS_5"),
              "AWS Backup attaches it to each copy that it restores to test it, and removes both"));
}
