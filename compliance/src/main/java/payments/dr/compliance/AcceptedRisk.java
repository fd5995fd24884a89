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
              pci("6.3.3").fsbp("RDS.13").cis("2.2.2"),
              "Aurora refuses to fail over between unequal versions; upgrades are a runbook, DR"
                  + " first"),
          new AcceptedRisk(
              "load balancer",
              "load balancers speak plain HTTP to the fleet",
              NONE.fsbp("ELB.22(k)"),
              "only within the application's subnets, between two security groups; an instance's own"
                  + " certificate would be verified by nobody, because load balancers do not"),
          new AcceptedRisk(
              "bucket",
              "the latch's buckets are encrypted by S3 (AES256), not by an own key",
              pci("3.5.1").fsbp("S3.17"),
              "Route 53's checkers read the object without credentials, so without a key; it holds"
                  + " no data"),
          new AcceptedRisk(
              "bucket",
              "buckets of access logs are encrypted by S3 (AES256), not by an own key",
              pci("3.5.1").fsbp("S3.17"),
              "load balancers cannot write under a customer's key"),
          new AcceptedRisk(
              "queue",
              "the queue of alarms is encrypted by SQS, not by an own key",
              pci("3.5.1(k)"),
              "no document says under which conditions EventBridge may use a customer's key for a"
                  + " queue; names and states of alarms lie there for five minutes"),
          new AcceptedRisk(
              "database",
              "generation v1 listens on port 5432",
              pci("2.2.2(k)").fsbp("RDS.23(k)"),
              "its applications know the port; the generation leaves with the migration to v2"),
          new AcceptedRisk(
              "database",
              "log_statement is none",
              NONE.fsbp("RDS.37(k)"),
              "statements would write card data into logs; pgaudit logs changes of tables and roles"),
          new AcceptedRisk(
              "network",
              "the application and the controller may reach any address on 443, the controller on 53",
              pci("1.3.2"),
              "AWS's endpoints and the zone's name servers have no fixed addresses"));
}
