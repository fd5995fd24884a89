"""What is put must be told back: a difference would show in every later plan."""
from __future__ import annotations

import itertools
import json

from instance import ACCOUNT, EmulatorTest, client

NUMBER = itertools.count()


class ReadbackTest(EmulatorTest):
    def test_replica_key_has_its_own_policy_tags_and_description(self) -> None:
        kms = {region: client("kms", region) for region in ("us-east-1", "us-east-2")}
        key = kms["us-east-1"].create_key(MultiRegion=True, Description="primary", Tags=[{"TagKey": "a", "TagValue": "1"}])["KeyMetadata"]
        kms["us-east-1"].create_alias(AliasName=f"alias/key-{next(NUMBER)}", TargetKeyId=key["KeyId"])
        policy = json.dumps({"Version": "2012-10-17", "Statement": [{"Sid": "dr", "Effect": "Allow", "Principal": "*", "Action": "kms:*",
                                                                     "Resource": "*"}]})
        made = kms["us-east-1"].replicate_key(KeyId=key["KeyId"], ReplicaRegion="us-east-2", Description="replica", Policy=policy,
                                              Tags=[{"TagKey": "b", "TagValue": "2"}])
        self.assertIn(":us-east-2:", made["ReplicaKeyMetadata"]["Arn"])
        found = {region: k.describe_key(KeyId=key["KeyId"])["KeyMetadata"] for region, k in kms.items()}
        self.assertEqual(["primary", "replica"], [found[r]["Description"] for r in sorted(found)])
        self.assertEqual(["PRIMARY", "REPLICA"], [found[r]["MultiRegionConfiguration"]["MultiRegionKeyType"] for r in sorted(found)])
        tags = [kms[r].list_resource_tags(KeyId=key["KeyId"])["Tags"] for r in sorted(kms)]
        self.assertEqual([[{"TagKey": "a", "TagValue": "1"}], [{"TagKey": "b", "TagValue": "2"}]], tags)
        self.assertEqual(policy, kms["us-east-2"].get_key_policy(KeyId=key["KeyId"], PolicyName="default")["Policy"])
        self.assertEqual([], kms["us-east-2"].list_aliases(KeyId=key["KeyId"])["Aliases"])

    def test_rotation_period(self) -> None:
        kms = client("kms")
        key = kms.create_key()["KeyMetadata"]["KeyId"]
        self.assertNotIn("RotationPeriodInDays", kms.get_key_rotation_status(KeyId=key))
        kms.enable_key_rotation(KeyId=key, RotationPeriodInDays=180)
        self.assertEqual(180, kms.get_key_rotation_status(KeyId=key)["RotationPeriodInDays"])
        kms.enable_key_rotation(KeyId=key)
        self.assertEqual(365, kms.get_key_rotation_status(KeyId=key)["RotationPeriodInDays"])

    def test_versions_can_be_emptied_after_versioning_was_suspended(self) -> None:
        s3, name = client("s3"), f"emptied-bucket-{next(NUMBER)}"
        s3.create_bucket(Bucket=name)
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        s3.put_object(Bucket=name, Key="k", Body=b"1")
        s3.delete_object(Bucket=name, Key="k")
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Suspended"})
        listed = s3.list_object_versions(Bucket=name)
        for kind in ("Versions", "DeleteMarkers"):
            ids = [{"Key": o["Key"], "VersionId": o["VersionId"]} for o in listed[kind]]
            self.assertNotIn("Errors", s3.delete_objects(Bucket=name, Delete={"Objects": ids}))
        s3.delete_bucket(Bucket=name)

    def test_bucket_replication_and_logging(self) -> None:
        s3, number = client("s3"), next(NUMBER)
        names = [f"{kind}-bucket-{number}" for kind in ("source", "target")]
        for name in names:
            s3.create_bucket(Bucket=name)
            s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        rules = [{"ID": str(i), "Priority": i, "Status": "Enabled", "Filter": {"Prefix": f"{i}/"}, "DeleteMarkerReplication": {"Status": status},
                  "SourceSelectionCriteria": {"SseKmsEncryptedObjects": {"Status": "Enabled"}},
                  "Destination": {"Bucket": f"arn:aws:s3:::{names[1]}", "EncryptionConfiguration": {"ReplicaKmsKeyID": "arn:key"}}} for i, status in enumerate(("Disabled", "Enabled", "Disabled"))]
        s3.put_bucket_replication(Bucket=names[0], ReplicationConfiguration={"Role": f"arn:aws:iam::{ACCOUNT}:role/r", "Rules": rules})
        found = s3.get_bucket_replication(Bucket=names[0])["ReplicationConfiguration"]["Rules"]
        self.assertEqual(rules, found)

        logging = {"LoggingEnabled": {"TargetBucket": names[1], "TargetPrefix": "log/", "TargetObjectKeyFormat": {
            "PartitionedPrefix": {"PartitionDateSource": "EventTime"}}}}
        self.refused("InvalidTargetBucketForLogging", s3.put_bucket_logging, Bucket=names[0], BucketLoggingStatus=logging)
        s3.put_bucket_policy(Bucket=names[1], Policy=json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
            {"Effect": "Allow", "Principal": {"Service": ["logging.s3.amazonaws.com"]}, "Action": ["s3:PutObject"],
             "Resource": f"arn:aws:s3:::{names[1]}/*"}]}))
        s3.put_bucket_logging(Bucket=names[0], BucketLoggingStatus=logging)
        self.assertEqual("BucketOwner", s3.get_bucket_request_payment(Bucket=names[0])["Payer"])
        with self.assertRaises(s3.exceptions.NoSuchBucket):
            s3.get_bucket_request_payment(Bucket="never-made")
        self.assertEqual(logging["LoggingEnabled"], s3.get_bucket_logging(Bucket=names[0])["LoggingEnabled"])

    def test_bucket_policy_with_a_condition_refuses_no_object(self) -> None:
        s3, bucket = client("s3"), f"policy-bucket-{next(NUMBER)}"
        s3.create_bucket(Bucket=bucket)
        s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}))
        s3.put_object(Bucket=bucket, Key="latch/dr-active", Body=b"1")
        self.assertEqual(b"1", s3.get_object(Bucket=bucket, Key="latch/dr-active")["Body"].read())
        s3.delete_object(Bucket=bucket, Key="latch/dr-active")
        self.assertNotIn("Contents", s3.list_objects_v2(Bucket=bucket))

    def test_certificate_key_algorithm(self) -> None:
        acm = client("acm")
        arn = acm.request_certificate(DomainName="x.example.com", ValidationMethod="DNS", KeyAlgorithm="EC_prime256v1")["CertificateArn"]
        self.assertEqual("EC_prime256v1", acm.describe_certificate(CertificateArn=arn)["Certificate"]["KeyAlgorithm"])

    def test_secret_replica_keeps_its_key_and_value(self) -> None:
        name, key = f"db-password-v2-t{next(NUMBER)}", f"arn:aws:kms:us-east-2:{ACCOUNT}:key/mrk-1"
        secrets = client("secretsmanager")
        secrets.create_secret(Name=name, SecretString="one", AddReplicaRegions=[{"Region": "us-east-2", "KmsKeyId": key}])
        status = secrets.describe_secret(SecretId=name)["ReplicationStatus"]
        self.assertEqual([("us-east-2", key)], [(s["Region"], s["KmsKeyId"]) for s in status])
        secrets.put_secret_value(SecretId=name, SecretString="two")
        self.assertEqual("two", client("secretsmanager", "us-east-2").get_secret_value(SecretId=name)["SecretString"])

    def test_arn_of_a_secret_replica_differs_in_the_region_only(self) -> None:
        for name, at_creation in ((f"db-password-t{next(NUMBER)}", True), (f"db-password-us-east-1-t{next(NUMBER)}", False)):
            secrets, replicas = client("secretsmanager"), [{"Region": "us-east-2"}]
            arn = secrets.create_secret(Name=name, SecretString="one", **({"AddReplicaRegions": replicas} if at_creation else {}))["ARN"]
            if not at_creation:
                secrets.replicate_secret_to_regions(SecretId=name, AddReplicaRegions=replicas)
            wanted = arn.replace("secretsmanager:us-east-1:", "secretsmanager:us-east-2:")
            dr = client("secretsmanager", "us-east-2")
            self.assertEqual([wanted] * 2, [dr.describe_secret(SecretId=wanted)["ARN"], dr.describe_secret(SecretId=name)["ARN"]])
            self.assertEqual([wanted] * 2, [dr.get_secret_value(SecretId=s)["ARN"] for s in (name, wanted)])

    def test_group_settings_and_notifications(self) -> None:
        ec2, asg, name = client("ec2"), client("autoscaling"), f"dr-asg-t{next(NUMBER)}"
        ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData={
            "ImageId": "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64", "InstanceType": "t3.medium"},
            TagSpecifications=[{"ResourceType": "launch-template", "Tags": [{"Key": "a", "Value": "b"}]}])
        data = ec2.describe_launch_template_versions(LaunchTemplateName=name)["LaunchTemplateVersions"][0]["LaunchTemplateData"]
        self.assertNotIn("TagSpecifications", data)
        policy = {"MinHealthyPercentage": 100, "MaxHealthyPercentage": 150}
        asg.create_auto_scaling_group(AutoScalingGroupName=name, MinSize=1, MaxSize=2, AvailabilityZones=["us-east-1a"], MaxInstanceLifetime=604800,
                                      DefaultInstanceWarmup=60, InstanceMaintenancePolicy=policy, LaunchTemplate={"LaunchTemplateName": name})
        found = asg.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"][0]
        self.assertEqual((604800, 60, policy),
                         (found["MaxInstanceLifetime"], found["DefaultInstanceWarmup"], found["InstanceMaintenancePolicy"]))
        image = client("ssm").get_parameter(Name="/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64")["Parameter"]["Value"]
        instance = ec2.describe_instances(InstanceIds=[found["Instances"][0]["InstanceId"]])["Reservations"][0]["Instances"][0]
        self.assertEqual(image, instance["ImageId"])
        asg.put_scaling_policy(AutoScalingGroupName=name, PolicyName="cpu", PolicyType="TargetTrackingScaling", TargetTrackingConfiguration={
            "PredefinedMetricSpecification": {"PredefinedMetricType": "ASGAverageCPUUtilization"}, "TargetValue": 60})
        scaling = asg.describe_policies(AutoScalingGroupName=name)["ScalingPolicies"][0]
        self.assertTrue(scaling["Enabled"])
        self.assertFalse(scaling.get("PredictiveScalingConfiguration"))
        topic = f"arn:aws:sns:us-east-1:{ACCOUNT}:t"
        asg.put_notification_configuration(AutoScalingGroupName=name, TopicARN=topic, NotificationTypes=["autoscaling:EC2_INSTANCE_LAUNCH_ERROR"])
        told = asg.describe_notification_configurations(AutoScalingGroupNames=[name])["NotificationConfigurations"]
        self.assertEqual([topic], [n["TopicARN"] for n in told])

    def test_parameter_groups(self) -> None:
        rds, name = client("rds"), f"db-params-t{next(NUMBER)}"
        rds.create_db_parameter_group(DBParameterGroupName=name, DBParameterGroupFamily="aurora-postgresql16", Description="d")
        rds.modify_db_parameter_group(DBParameterGroupName=name, Parameters=[
            {"ParameterName": "log_min_duration_statement", "ParameterValue": "1000", "ApplyMethod": "immediate"}])
        found = rds.describe_db_parameters(DBParameterGroupName=name)["Parameters"]
        self.assertEqual([("log_min_duration_statement", "1000", "user")],
                         [(p["ParameterName"], p["ParameterValue"], p["Source"]) for p in found])
        rds.reset_db_parameter_group(DBParameterGroupName=name, Parameters=[
            {"ParameterName": "log_min_duration_statement", "ApplyMethod": "immediate"}])
        self.assertEqual([], rds.describe_db_parameters(DBParameterGroupName=name)["Parameters"])

    def test_query_log_takes_the_plain_group_arn(self) -> None:
        group = client("logs").create_log_group(logGroupName="/aws/route53/q") and f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/aws/route53/q"
        dns = client("route53")
        zone = dns.create_hosted_zone(Name="q.example.com", CallerReference="q")["HostedZone"]["Id"].split("/")[-1]
        made = dns.create_query_logging_config(HostedZoneId=zone, CloudWatchLogsLogGroupArn=group)["QueryLoggingConfig"]
        self.assertEqual(group, made["CloudWatchLogsLogGroupArn"])

    def test_rule_on_a_group_keeps_its_description(self) -> None:
        ec2 = client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.7.0.0/16")["Vpc"]["VpcId"]
        groups = [ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"] for name in ("app", "database")]
        for authorize, port in ((ec2.authorize_security_group_ingress, 5432), (ec2.authorize_security_group_egress, 6432)):
            authorize(GroupId=groups[1], IpPermissions=[{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "UserIdGroupPairs": [
                {"GroupId": groups[0], "Description": f"port {port}"}]}])
        rules = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [groups[1]]}])["SecurityGroupRules"]
        self.assertEqual({"port 5432", "port 6432"}, {r["Description"] for r in rules if r.get("Description")})

    def test_filters_of_peering_connections(self) -> None:
        ec2, dr = client("ec2"), client("ec2", "us-east-2")
        vpcs = [c.create_vpc(CidrBlock=block)["Vpc"]["VpcId"] for c, block in ((ec2, "10.5.0.0/16"), (dr, "10.6.0.0/16"))]
        made = [ec2.create_vpc_peering_connection(VpcId=vpcs[0], PeerVpcId=vpcs[1], PeerRegion="us-east-2", TagSpecifications=[
            {"ResourceType": "vpc-peering-connection", "Tags": [{"Key": "n", "Value": str(i)}]}])["VpcPeeringConnection"][
                "VpcPeeringConnectionId"] for i in range(3)]
        dr.accept_vpc_peering_connection(VpcPeeringConnectionId=made[1])
        ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=made[2])

        def found(region: str = "us-east-1", **filters: list[str]) -> list[str]:
            asked = [{"Name": "requester-vpc-info.vpc-id", "Values": vpcs[:1]}] + [
                {"Name": name.replace("_", "-"), "Values": values} for name, values in filters.items()]
            return [p["VpcPeeringConnectionId"] for p in client("ec2", region).describe_vpc_peering_connections(Filters=asked)[
                "VpcPeeringConnections"]]
        self.assertEqual([made[1:2]] * 2, [found(region, status_code=["active"]) for region in ("us-east-1", "us-east-2")])
        self.assertEqual(made[:2], found(status_code=["pending-acceptance", "active"]))
        self.assertEqual([], found(status_code=["rejected"]))
        self.assertEqual(made[2:], found(**{"tag:n": ["2"]}))
        self.refused("NotImplementedByEmulator", ec2.describe_vpc_peering_connections, Filters=[
            {"Name": "expiration-time", "Values": ["x"]}])

    def test_topic_attributes(self) -> None:
        sns = client("sns")
        topic = sns.create_topic(Name=f"primary-alerts-t{next(NUMBER)}", Attributes={"SignatureVersion": "2"})["TopicArn"]
        self.assertEqual("2", sns.get_topic_attributes(TopicArn=topic)["Attributes"]["SignatureVersion"])
        sns.set_topic_attributes(TopicArn=topic, AttributeName="TracingConfig", AttributeValue="Active")
        self.assertEqual("Active", sns.get_topic_attributes(TopicArn=topic)["Attributes"]["TracingConfig"])

    def test_queue_attributes(self) -> None:
        sqs = client("sqs")
        allow, policy = '{"redrivePermission":"denyAll"}', json.dumps({"Version": "2012-10-17", "Statement": [{"Sid": "a"}]})
        url = sqs.create_queue(QueueName=f"failures-t{next(NUMBER)}", Attributes={"RedriveAllowPolicy": allow, "KmsMasterKeyId": "arn:key"})["QueueUrl"]
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"MessageRetentionPeriod": "1209600"})
        found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        self.assertEqual((allow, policy, "false", "1209600"), tuple(
            found[name] for name in ("RedriveAllowPolicy", "Policy", "SqsManagedSseEnabled", "MessageRetentionPeriod")))
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": ""})
        self.assertNotIn("Policy", sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"])
