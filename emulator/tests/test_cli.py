"""The operator's commands, with the names of the local environment."""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from typing import Any

import roles
from instance import EmulatorTest, client, endpoint

PRIMARY, DR = "us-east-1", "us-east-2"


class CommandLineTest(EmulatorTest):
    @classmethod
    def setUpClass(cls) -> None:
        assert shutil.which("aws"), "these tests need the AWS CLI, found no 'aws' on the PATH"

    def aws(self, *words: str, region: str = PRIMARY) -> Any:
        # version 1 of the CLI ignores AWS_ENDPOINT_URL for `rds` in us-east-1, hence the option
        done = subprocess.run(["aws", "--endpoint-url", endpoint(), *words, "--region", region, "--output", "json"], capture_output=True, text=True,
                              env={**os.environ, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_PAGER": ""})
        self.assertEqual(0, done.returncode, done.stderr)
        try:
            return json.loads(done.stdout)
        except ValueError:
            return done.stdout

    def test_backup_by_hand(self) -> None:
        cluster = client("rds").create_db_cluster(DBClusterIdentifier="primary-db-cluster-v2-local", Engine="aurora-postgresql",
                                                  MasterUsername="dbadmin", MasterUserPassword="long-enough")["DBCluster"]["DBClusterArn"]
        client("backup").create_backup_vault(BackupVaultName="primary-backup-vault-local")
        self.assertIn("cluster-", self.aws("rds", "describe-db-clusters", "--db-cluster-identifier", "primary-db-cluster-v2-local",
                                           "--query", "DBClusters[0].Endpoint"))
        role = roles.make(client, "backs-up-by-hand", "backup.amazonaws.com",
                          roles.allow("rds:CreateDBClusterSnapshot", "rds:RestoreDBClusterFromSnapshot"))
        started = self.aws("backup", "start-backup-job", "--backup-vault-name", "primary-backup-vault-local", "--resource-arn", cluster,
                           "--iam-role-arn", role)
        listed = self.aws("backup", "list-recovery-points-by-backup-vault", "--backup-vault-name", "primary-backup-vault-local")
        self.assertEqual([started["RecoveryPointArn"]], [p["RecoveryPointArn"] for p in listed["RecoveryPoints"]])
        self.aws("backup", "start-restore-job", "--recovery-point-arn", started["RecoveryPointArn"], "--iam-role-arn", role,
                 "--metadata", '{"DBClusterIdentifier":"restored-db-cluster"}')
        self.assertEqual(1, len(client("rds").describe_db_clusters(DBClusterIdentifier="restored-db-cluster")["DBClusters"]))

    def test_signals(self) -> None:
        client("cloudwatch").put_metric_alarm(AlarmName="replication-lag-alarm-local", Namespace="n", MetricName="m", Statistic="Maximum",
                                              Period=60, EvaluationPeriods=1, Threshold=1, ComparisonOperator="GreaterThanThreshold")
        alarms = self.aws("cloudwatch", "describe-alarms", "--alarm-name-prefix", "replication-lag-alarm")
        self.assertIn("replication-lag-alarm-local", [a["AlarmName"] for a in alarms["MetricAlarms"]])
        check = client("route53").create_health_check(CallerReference="cli", HealthCheckConfig={
            "Type": "HTTPS", "FullyQualifiedDomainName": "none.s3.us-east-2.amazonaws.com", "ResourcePath": "/latch/dr-active"})
        seen = self.aws("route53", "get-health-check-status", "--health-check-id", check["HealthCheck"]["Id"],
                        "--query", "HealthCheckObservations[*].StatusReport.Status")
        self.assertTrue(seen[0].startswith("Failure"))

    def test_fleet(self) -> None:
        client("ec2").create_launch_template(LaunchTemplateName="lt-local", LaunchTemplateData={"ImageId": "ami-1", "InstanceType": "t3.medium"})
        client("autoscaling").create_auto_scaling_group(AutoScalingGroupName="primary-asg-local", MinSize=0, MaxSize=6, DesiredCapacity=2,
                                                        AvailabilityZones=["us-east-1a"], LaunchTemplate={"LaunchTemplateName": "lt-local"})
        self.aws("autoscaling", "set-desired-capacity", "--auto-scaling-group-name", "primary-asg-local", "--desired-capacity", "0")
        group = client("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=["primary-asg-local"])["AutoScalingGroups"][0]
        self.assertEqual([], group["Instances"])

    def test_secret_bucket_and_log(self) -> None:
        client("secretsmanager").create_secret(Name="db-password-v2-local", SecretString="s3cret")
        self.assertEqual("s3cret", self.aws("secretsmanager", "get-secret-value", "--secret-id", "db-password-v2-local",
                                            "--query", "SecretString").strip().strip('"'))
        client("s3").create_bucket(Bucket="primary-metrics-local")
        client("s3").put_object(Bucket="primary-metrics-local", Key="metrics/a", Body=b"1")
        self.assertIn("metrics/", self.aws("s3", "ls", "s3://primary-metrics-local/"))
        logs = client("logs", DR)
        logs.create_log_group(logGroupName="/aws/lambda/failover-lambda-local")
        logs.create_log_stream(logGroupName="/aws/lambda/failover-lambda-local", logStreamName="s")
        logs.put_log_events(logGroupName="/aws/lambda/failover-lambda-local", logStreamName="s",
                            logEvents=[{"timestamp": int(time.time() * 1000), "message": "promoted"}])
        self.assertIn("promoted", json.dumps(self.aws(
            "logs", "filter-log-events", "--log-group-name", "/aws/lambda/failover-lambda-local", region=DR)))
