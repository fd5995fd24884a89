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
              pci("6.3.3").fsbp("RDS.13", "RDS.35").cis("2.2.2"),
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
              pci("3.5.1").hub("S3.17"),
              "Route 53's checkers read the object without credentials, so without a key; it holds"
                  + " no data"),
          new AcceptedRisk(
              "bucket",
              "buckets of access logs are encrypted by S3 (AES256), not by an own key",
              pci("3.5.1").hub("S3.17"),
              "load balancers cannot write under a customer's key"),
          new AcceptedRisk(
              "load balancer",
              "port 80 listens",
              NONE.fsbp("ELB.18"),
              "it only redirects to HTTPS; without it, customers who leave out the scheme would see"
                  + " nothing"),
          new AcceptedRisk(
              "bucket",
              "buckets of access logs do not log who reads them",
              NONE.fsbp("S3.9"),
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
              NONE,
              "statements would write card data into logs; pgaudit logs changes of tables and roles"),
          new AcceptedRisk(
              "network",
              "the application and the controller may reach any address on 443, the controller on 53",
              pci("1.3.2"),
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
                  + " connections, and would have to let in every answer"));
}
