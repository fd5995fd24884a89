package payments.dr.compliance;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What publishers ask, whether a rule answers or not: every recommendation of CIS, every control of
 * AWS's FSBP about a service in use, and those beyond it that this project names.
 *
 * <p>Ids are those of AWS's Security Hub User Guide, of its pages on the FSBP standard (end of
 * 2025) and on the controls of each service (2026), and of the CIS AWS Foundations Benchmark 5.0.0.
 * Retired controls are not listed.
 */
public final class PublishedControls {

  private static final String FSBP =
      """
      ACM.1 certificates are renewed before they expire
      ACM.2 RSA keys of certificates have 2048 bits or more
      AutoScaling.1 groups behind a load balancer use its health checks
      AutoScaling.2 groups span several zones
      AutoScaling.3 launch configurations require IMDSv2
      AutoScaling.5 launch configurations give out no public addresses
      AutoScaling.6 groups mix instance types in several zones
      AutoScaling.9 groups use launch templates
      Backup.1 recovery points are encrypted
      CloudTrail.1 a trail of all Regions records management events
      CloudTrail.2 trails are encrypted
      CloudTrail.4 trails' files are validated
      CloudTrail.5 trails go to CloudWatch Logs, too
      Config.1 Config records, by its service-linked role
      DataFirehose.1 delivery streams are encrypted
      DynamoDB.1 tables' capacity follows demand
      DynamoDB.2 tables have point-in-time recovery
      DynamoDB.3 DAX clusters are encrypted at rest
      DynamoDB.6 tables are protected from deletion
      DynamoDB.7 DAX clusters are encrypted in transit
      EC2.1 EBS snapshots are not public
      EC2.2 default security groups let nothing through
      EC2.3 attached volumes are encrypted
      EC2.4 stopped instances do not stay
      EC2.6 VPCs have flow logs
      EC2.7 volumes are encrypted by default
      EC2.8 instances use IMDSv2
      EC2.9 instances have no public address
      EC2.10 VPCs have an endpoint for EC2
      EC2.15 subnets give out no public addresses
      EC2.16 no network ACL is unused
      EC2.17 instances have one network interface
      EC2.18 the internet reaches authorized ports only
      EC2.19 the internet does not reach ports of high risk
      EC2.20 both tunnels of a VPN are up
      EC2.21 network ACLs do not open 22 and 3389 to everybody
      EC2.23 transit gateways accept no attachment by themselves
      EC2.24 instances are not paravirtual
      EC2.25 launch templates give out no public addresses
      EC2.51 Client VPN endpoints log connections
      EC2.55 VPCs have an endpoint for ECR's API
      EC2.56 VPCs have an endpoint for ECR's registry
      EC2.57 VPCs have an endpoint for Systems Manager
      EC2.58 VPCs have an endpoint for Incident Manager's contacts
      EC2.60 VPCs have an endpoint for Incident Manager
      EC2.170 launch templates require IMDSv2
      EC2.171 VPN connections are logged
      EC2.172 VPCs block internet gateways
      EC2.173 spot fleets encrypt volumes
      EC2.180 network interfaces check source and destination
      EC2.181 launch templates encrypt volumes
      EC2.182 EBS snapshots cannot be made public in the account
      EC2.183 VPN connections use IKEv2
      ELB.1 application load balancers redirect HTTP to HTTPS
      ELB.2 classic load balancers use certificates of ACM
      ELB.3 classic load balancers listen by HTTPS or TLS
      ELB.4 application load balancers drop invalid headers
      ELB.5 load balancers log requests
      ELB.6 load balancers are protected from deletion
      ELB.7 classic load balancers drain connections
      ELB.8 classic load balancers use a strong predefined policy
      ELB.9 classic load balancers balance across zones
      ELB.10 classic load balancers span several zones
      ELB.12 application load balancers mitigate desynchronisation
      ELB.13 load balancers span several zones
      ELB.14 classic load balancers mitigate desynchronisation
      ELB.17 listeners use recommended security policies
      ELB.18 listeners speak HTTPS or TLS only
      ELB.21 target groups' health checks are encrypted
      ELB.22 target groups are encrypted in transit
      EventBridge.3 custom event buses have a resource policy
      GuardDuty.1 GuardDuty is on
      GuardDuty.5 GuardDuty watches EKS audit logs
      GuardDuty.6 GuardDuty protects Lambda
      GuardDuty.7 GuardDuty watches EKS at run time
      GuardDuty.8 GuardDuty looks for malware on EC2
      GuardDuty.9 GuardDuty protects RDS
      GuardDuty.10 GuardDuty protects S3
      GuardDuty.11 GuardDuty watches at run time
      GuardDuty.12 GuardDuty watches ECS at run time
      GuardDuty.13 GuardDuty watches EC2 at run time
      IAM.1 policies do not allow everything
      IAM.2 users have no policies of their own
      IAM.3 users' access keys are replaced within 90 days
      IAM.4 the root user has no access key
      IAM.5 users with a password have a second factor
      IAM.6 the root user has a second factor in hardware
      IAM.7 the password policy is strong
      IAM.8 unused credentials are removed
      IAM.21 policies do not allow all actions of a service
      KMS.1 policies do not allow decryption with all keys
      KMS.2 inline policies do not allow decryption with all keys
      KMS.3 keys are not deleted by mistake
      KMS.5 keys are not public
      Lambda.1 functions are not public
      Lambda.2 functions run on supported runtimes
      Lambda.5 functions in a VPC have several zones
      RDS.1 snapshots are private
      RDS.2 instances are not public
      RDS.3 instances are encrypted
      RDS.4 snapshots are encrypted
      RDS.5 instances have several zones
      RDS.6 instances have enhanced monitoring
      RDS.7 clusters are protected from deletion
      RDS.8 instances outside of Aurora are protected from deletion
      RDS.9 instances send logs to CloudWatch
      RDS.10 instances allow sign-in by IAM
      RDS.11 instances are backed up for 7 days
      RDS.12 clusters allow sign-in by IAM
      RDS.13 minor versions are upgraded by themselves
      RDS.14 Aurora MySQL can go back in time in place
      RDS.15 clusters have several zones
      RDS.16 Aurora clusters copy tags to snapshots
      RDS.17 instances copy tags to snapshots
      RDS.19 subscriptions tell critical events of clusters
      RDS.20 subscriptions tell critical events of instances
      RDS.21 a subscription tells critical events of parameter groups
      RDS.22 a subscription tells critical events of security groups
      RDS.23 databases do not listen on the usual port
      RDS.24 clusters' administrators have no usual name
      RDS.25 instances' administrators have no usual name
      RDS.27 clusters are encrypted
      RDS.34 Aurora MySQL sends audit logs to CloudWatch
      RDS.35 clusters upgrade minor versions by themselves
      RDS.36 PostgreSQL outside of Aurora sends logs to CloudWatch
      RDS.37 Aurora PostgreSQL sends logs to CloudWatch
      RDS.40 SQL Server sends logs to CloudWatch
      RDS.41 SQL Server is encrypted in transit
      RDS.42 MariaDB sends logs to CloudWatch
      RDS.43 proxies require TLS
      RDS.44 MariaDB is encrypted in transit
      RDS.45 Aurora MySQL logs for audits
      RDS.46 instances are in no subnet with a route to the internet
      RDS.47 PostgreSQL clusters outside of Aurora copy tags to snapshots
      RDS.48 MySQL clusters outside of Aurora copy tags to snapshots
      RDS.50 clusters are backed up for 7 days
      RDS.51 global clusters of Aurora MySQL run on a supported version
      Route53.2 public zones log queries
      S3.1 the account blocks public access to S3
      S3.2 buckets block public reading
      S3.3 buckets block public writing
      S3.5 buckets require TLS
      S3.6 bucket policies restrict other accounts
      S3.8 each bucket blocks public access
      S3.9 buckets log access
      S3.12 ACLs give nobody access to buckets
      S3.13 buckets have lifecycle rules
      S3.19 access points block public access
      S3.24 Multi-Region Access Points block public access
      S3.25 directory buckets have lifecycle rules
      SecretsManager.1 secrets rotate by themselves
      SecretsManager.2 secrets that rotate by themselves do so
      SecretsManager.3 unused secrets are removed
      SecretsManager.4 secrets are replaced within 90 days
      SNS.4 topics are not public
      SQS.1 queues are encrypted
      SQS.3 queues are not public
      SSM.1 instances are managed by Systems Manager
      SSM.2 instances have their patches
      SSM.3 instances comply with their associations
      SSM.4 documents are not public
      SSM.6 Automation logs to CloudWatch
      SSM.7 documents cannot be made public in the account
      WAF.1 global web ACLs of WAF Classic are logged
      WAF.2 Regional rules of WAF Classic have a condition
      WAF.3 Regional rule groups of WAF Classic have a rule
      WAF.4 Regional web ACLs of WAF Classic have a rule
      WAF.6 global rules of WAF Classic have a condition
      WAF.7 global rule groups of WAF Classic have a rule
      WAF.8 global web ACLs of WAF Classic have a rule
      WAF.10 web ACLs have a rule
      WAF.12 rule groups have metrics
      """;

  private static final String HUB =
      """
      CloudWatch.7 disabled and deleted keys are alarmed
      CloudWatch.10 changes of security groups are alarmed
      CloudWatch.15 alarms have an action
      CloudWatch.16 log groups keep a year
      CloudWatch.17 alarms' actions are on
      DynamoDB.4 tables are in a backup plan
      ELB.16 application load balancers have a web ACL
      KMS.4 keys rotate
      Lambda.3 functions are in a VPC
      RDS.26 instances are in a backup plan
      S3.14 buckets keep old versions
      S3.15 buckets lock objects
      S3.17 buckets are encrypted with keys of KMS
      SNS.1 topics are encrypted
      WAF.11 web ACLs are logged
      """;

  private static final String CIS =
      """
      1.1 the account's contacts are current
      1.2 the account has a security contact
      1.3 the root user has no access key
      1.4 the root user has a second factor
      1.5 the root user has a second factor in hardware
      1.6 the root user does no daily work
      1.7 passwords have 14 characters or more
      1.8 passwords are not used again
      1.9 users with a password have a second factor
      1.10 users with a password get no access key at first
      1.11 credentials unused for 45 days are disabled
      1.12 users have one active access key
      1.13 access keys are replaced within 90 days
      1.14 users have permissions through groups only
      1.15 no attached policy allows everything
      1.16 a role for AWS Support is there
      1.17 instances reach AWS by a role
      1.18 IAM keeps no expired certificate
      1.19 Access Analyzer looks for access from outside in all Regions
      1.20 users are managed in one place
      1.21 AWSCloudShellFullAccess is restricted
      2.1.1 bucket policies deny plain HTTP
      2.1.2 buckets need a second factor to delete
      2.1.3 the data in S3 are found and classified
      2.1.4 S3 blocks public access
      2.2.1 RDS is encrypted
      2.2.2 RDS upgrades minor versions by itself
      2.2.3 RDS is not public
      2.2.4 RDS has several zones
      2.3.1 EFS is encrypted
      3.1 CloudTrail is on in all Regions
      3.2 trails' files are validated
      3.3 Config is on in all Regions
      3.4 access to the trail's bucket is logged
      3.5 trails are encrypted with keys of KMS
      3.6 symmetric keys rotate
      3.7 VPCs have flow logs
      3.8 writes of S3 objects are recorded
      3.9 reads of S3 objects are recorded
      4.1 unauthorized calls are monitored
      4.2 sign-in without a second factor is monitored
      4.3 use of the root user is monitored
      4.4 changes of IAM policies are monitored
      4.5 changes of CloudTrail are monitored
      4.6 failed sign-in is monitored
      4.7 disabled and deleted keys are monitored
      4.8 changes of bucket policies are monitored
      4.9 changes of Config are monitored
      4.10 changes of security groups are monitored
      4.11 changes of network ACLs are monitored
      4.12 changes of gateways are monitored
      4.13 changes of route tables are monitored
      4.14 changes of VPCs are monitored
      4.15 changes of Organizations are monitored
      4.16 Security Hub is on
      5.1.1 volumes are encrypted in all Regions
      5.1.2 CIFS is open to trusted networks only
      5.2 network ACLs do not open administration to everybody
      5.3 security groups do not open administration to 0.0.0.0/0
      5.4 security groups do not open administration to ::/0
      5.5 default security groups let nothing through
      5.6 routes of peering reach what they must
      5.7 instances use IMDSv2
      """;

  public static final List<PublishedControl> ALL =
      Stream.of(read(Framework.FSBP, FSBP), read(Framework.HUB, HUB), read(Framework.CIS, CIS))
          .flatMap(controls -> controls)
          .toList();

  private PublishedControls() {}

  /** What a control asks; empty where its framework's controls are not listed. */
  static Optional<String> title(Framework framework, String id) {
    return ALL.stream()
        .filter(control -> control.framework() == framework && control.id().equals(id))
        .map(PublishedControl::title)
        .findFirst();
  }

  private static Stream<PublishedControl> read(Framework framework, String table) {
    return table
        .lines()
        .map(line -> line.split(" ", 2))
        .map(words -> new PublishedControl(framework, words[0], words[1]));
  }
}
