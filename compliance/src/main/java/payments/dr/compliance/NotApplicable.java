package payments.dr.compliance;

import static payments.dr.compliance.References.NONE;

import java.util.List;

/**
 * Controls that have nothing to look at in this project.
 *
 * @param reason why not
 */
public record NotApplicable(String reason, References references) {

  public static final List<NotApplicable> ALL =
      List.of(
          new NotApplicable(
              "fleets start from launch templates, not from launch configurations",
              NONE.fsbp("AutoScaling.3", "AutoScaling.5")),
          new NotApplicable(
              "load balancers are application load balancers, none is classic",
              NONE.fsbp("ELB.2", "ELB.3", "ELB.7", "ELB.8", "ELB.9", "ELB.10", "ELB.14")),
          new NotApplicable(
              "firewalls are of WAF, none is of WAF Classic",
              NONE.fsbp("WAF.1", "WAF.2", "WAF.3", "WAF.4", "WAF.6", "WAF.7", "WAF.8")),
          new NotApplicable("rule groups are AWS's own; nobody makes another", NONE.fsbp("WAF.12")),
          new NotApplicable("tables have no DAX cluster", NONE.fsbp("DynamoDB.3", "DynamoDB.7")),
          new NotApplicable(
              "the database is Aurora PostgreSQL",
              NONE.fsbp("RDS.8", "RDS.14", "RDS.34", "RDS.36", "RDS.40", "RDS.41")
                  .fsbp("RDS.42", "RDS.44", "RDS.45", "RDS.47", "RDS.48", "RDS.51")),
          new NotApplicable("no database has a proxy", NONE.fsbp("RDS.43")),
          new NotApplicable(
              "they check subscriptions that are there, and there is none",
              NONE.fsbp("RDS.19", "RDS.20")),
          new NotApplicable("no secret rotates by itself yet", NONE.fsbp("SecretsManager.2")),
          new NotApplicable(
              "synthesis refuses network ACLs; AWS's default ones are not looked at",
              NONE.fsbp("EC2.16", "EC2.21")),
          new NotApplicable(
              "synthesis refuses VPN connections, Client VPN endpoints and transit gateways",
              NONE.fsbp("EC2.20", "EC2.23", "EC2.51", "EC2.171", "EC2.183")),
          new NotApplicable(
              "instances are of fleets, none is of a spot fleet", NONE.fsbp("EC2.173")),
          new NotApplicable(
              "no network interface is made by itself; those of instances keep AWS's default, which"
                  + " checks",
              NONE.fsbp("EC2.180")),
          new NotApplicable(
              "nothing runs in containers",
              NONE.fsbp("EC2.55", "EC2.56").fsbp("GuardDuty.5", "GuardDuty.7", "GuardDuty.12")),
          new NotApplicable("nobody uses Incident Manager", NONE.fsbp("EC2.58", "EC2.60")),
          new NotApplicable(
              "synthesis refuses access points and knows no directory buckets",
              NONE.fsbp("S3.19", "S3.24", "S3.25")),
          new NotApplicable("no document is made", NONE.fsbp("SSM.4")),
          new NotApplicable(
              "certificates are ACM's; synthesis refuses those of IAM", NONE.cis("1.18")),
          new NotApplicable("there is no file system", NONE.cis("2.3.1")));
}
