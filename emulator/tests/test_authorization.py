"""Calls with a role's credentials are decided by its policies and those of the resources."""
from __future__ import annotations

import io
import itertools
import json
import zipfile
from typing import Any

import boto3
import fleet
import roles
from botocore.exceptions import ClientError
from instance import ACCOUNT, EmulatorTest, client, endpoint, log
from java_function import archive
from roles import allow

NUMBER = itertools.count()
HERE, THERE = "us-east-1", "us-east-2"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
HANDLER = """
package drill;
public class Handler {
    public void handleRequest(java.io.InputStream in, java.io.OutputStream out) throws Exception {
        System.out.println("printed");
        out.write(("[\\"" + System.getenv("AWS_ACCESS_KEY_ID") + "\\",\\"" + System.getenv("AWS_SECRET_ACCESS_KEY") + "\\",\\""
            + System.getenv("AWS_SESSION_TOKEN") + "\\"]").getBytes());
    }
}
"""


class RoleTest(EmulatorTest):
    def setUp(self) -> None:
        self.name = f"authorized-{next(NUMBER)}"
        self.user = f"User: arn:aws:sts::{ACCOUNT}:assumed-role/{self.name}/session is not authorized to perform: "

    def role(self, *statements: dict[str, Any]) -> Any:
        """Clients of a role of the test's name with these permissions."""
        return roles.session(client, endpoint(), self.made(*statements))

    def made(self, *statements: dict[str, Any]) -> str:
        return roles.make(client, self.name, "lambda.amazonaws.com", *statements)

    def denied(self, code: str, action: str, resource: str, call: Any, **arguments: Any) -> None:
        """In the log too."""
        message = self.refused(code, call, **arguments)
        self.assertEqual(f"{self.user}{action} on resource: {resource} because no identity-based policy allows the {action} action", message)
        self.assertIn(message, log())

    def status(self, call: Any, **arguments: Any) -> int:
        with self.assertRaises(ClientError) as caught:
            call(**arguments)
        status: int = caught.exception.response["ResponseMetadata"]["HTTPStatusCode"]
        return status


class ControllerTest(RoleTest):
    """The failover controller's calls, by its role and by one that lacks something."""

    def setUp(self) -> None:
        super().setUp()
        client("rds").create_global_cluster(GlobalClusterIdentifier=self.name, Engine="aurora-postgresql", EngineVersion="16.6")
        first = {"MasterUsername": "dbadmin", "MasterUserPassword": "long-enough", "EngineVersion": "16.6"}
        self.clusters = {region: self.cluster(region, **(first if region == HERE else {})) for region in (HERE, THERE)}
        self.group = f"arn:aws:rds::{ACCOUNT}:global-cluster:{self.name}"
        self.promotion = {"GlobalClusterIdentifier": self.name, "TargetDbClusterIdentifier": self.clusters[THERE], "AllowDataLoss": True}

    def cluster(self, region: str, **more: str) -> str:
        name = f"{self.name}-{region}"
        made = client("rds", region).create_db_cluster(DBClusterIdentifier=name, Engine="aurora-postgresql", GlobalClusterIdentifier=self.name, **more)
        client("rds", region).create_db_instance(DBInstanceIdentifier=f"{name}-0", DBClusterIdentifier=name, DBInstanceClass="db.r6g.large",
                                                 Engine="aurora-postgresql")
        return str(made["DBCluster"]["DBClusterArn"])

    def state(self) -> Any:
        return client("rds").describe_global_clusters(GlobalClusterIdentifier=self.name)["GlobalClusters"][0].get("FailoverState")

    def test_a_failover_is_refused_to_a_role_without_it_and_allowed_to_one_that_has_it(self) -> None:
        describe, fail_over = allow("rds:DescribeGlobalClusters", on=self.group), allow("rds:FailoverGlobalCluster", on=[self.group, self.clusters[THERE]])
        rds = self.role(describe)("rds", THERE)
        self.assertEqual(1, len(rds.describe_global_clusters(GlobalClusterIdentifier=self.name)["GlobalClusters"]))
        self.denied("AccessDenied", "rds:FailoverGlobalCluster", self.group, rds.failover_global_cluster, **self.promotion)
        self.assertEqual(403, self.status(rds.failover_global_cluster, **self.promotion))
        self.assertIsNone(self.state())
        client("iam").put_role_policy(RoleName=self.name, PolicyName="own", PolicyDocument=roles.policy(describe, fail_over))
        rds.failover_global_cluster(**self.promotion)
        self.assertEqual(self.clusters[THERE], self.state()["ToDbClusterArn"])

    def test_each_resource_of_a_call_is_asked_for(self) -> None:
        rds = self.role(allow("rds:FailoverGlobalCluster", on=[self.group, self.clusters[HERE]]))("rds", THERE)
        self.denied("AccessDenied", "rds:FailoverGlobalCluster", self.clusters[THERE], rds.failover_global_cluster, **self.promotion)

    def test_who_names_no_cluster_asks_for_all(self) -> None:
        rds = self.role(allow("rds:DescribeGlobalClusters", on=self.group), allow("rds:DescribeDBClusters", on=self.clusters[HERE]))("rds")
        here = self.clusters[HERE]
        for cluster in (here, here.rpartition(":")[2]):
            self.assertEqual(here, rds.describe_db_clusters(DBClusterIdentifier=cluster)["DBClusters"][0]["DBClusterArn"])
        self.denied("AccessDenied", "rds:DescribeDBClusters", f"arn:aws:rds:{HERE}:{ACCOUNT}:cluster:other", rds.describe_db_clusters, DBClusterIdentifier="other")
        self.denied("AccessDenied", "rds:DescribeGlobalClusters", f"arn:aws:rds::{ACCOUNT}:global-cluster:*", rds.describe_global_clusters)

    def test_capacity_and_figures(self) -> None:
        given = self.role(allow("cloudwatch:PutMetricData", StringEquals={"cloudwatch:namespace": "PaymentsDr"}),
                          allow("autoscaling:DescribeAutoScalingGroups", StringEquals={"aws:RequestedRegion": THERE}))
        figure: Any = {"MetricData": [{"MetricName": "m", "Value": 1}]}
        given("cloudwatch").put_metric_data(Namespace="PaymentsDr", **figure)
        self.denied("AccessDenied", "cloudwatch:PutMetricData", "*", given("cloudwatch").put_metric_data, Namespace="Other", **figure)
        given("autoscaling", THERE).describe_auto_scaling_groups()
        self.denied("AccessDenied", "autoscaling:DescribeAutoScalingGroups", "*", given("autoscaling").describe_auto_scaling_groups)

    def test_an_auto_scaling_group_by_its_name(self) -> None:
        group = fleet.make(client, HERE, self.name, 0).group
        arn = f"arn:aws:autoscaling:{HERE}:{ACCOUNT}:autoScalingGroup:*:autoScalingGroupName/{group}"
        scaling = self.role(allow("autoscaling:SetDesiredCapacity", on=arn))("autoscaling")
        scaling.set_desired_capacity(AutoScalingGroupName=group, DesiredCapacity=1)
        self.assertIn("autoScalingGroupName/other because", self.refused("AccessDenied", scaling.set_desired_capacity, AutoScalingGroupName="other",
                                                                         DesiredCapacity=1))


class TableTest(RoleTest):
    def setUp(self) -> None:
        super().setUp()
        made = client("dynamodb").create_table(
            TableName=self.name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}])
        self.arn = made["TableDescription"]["TableArn"]

    def put(self, dynamo: Any, key: str) -> None:
        dynamo.put_item(TableName=self.name, Item={"pk": {"S": key}})

    def test_rows_by_their_partition_keys_whatever_the_call(self) -> None:
        dynamo = self.role(allow("dynamodb:PutItem", "dynamodb:Query", "dynamodb:ConditionCheckItem", on=self.arn,
                                 **{"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["DATA", "AUDIT#*"]}}))("dynamodb")
        own, others = {"pk": {"S": "AUDIT#1"}}, {"pk": {"S": "CONTROL"}}
        self.put(dynamo, "DATA")
        self.denied("AccessDeniedException", "dynamodb:PutItem", self.arn, self.put, dynamo=dynamo, key="CONTROL")
        put = {"Put": {"TableName": self.name, "Item": own}}
        dynamo.transact_write_items(TransactItems=[put, {"ConditionCheck": {"TableName": self.name, "Key": {"pk": {"S": "DATA"}},
                                                                            "ConditionExpression": "attribute_exists(pk)"}}])
        self.denied("AccessDeniedException", "dynamodb:PutItem", self.arn, dynamo.transact_write_items,
                    TransactItems=[put, {"Put": {"TableName": self.name, "Item": others}}])
        self.denied("AccessDeniedException", "dynamodb:DeleteItem", self.arn, dynamo.transact_write_items,
                    TransactItems=[{"Delete": {"TableName": self.name, "Key": own}}])
        asked = {"TableName": self.name, "KeyConditionExpression": "#k = :k", "ExpressionAttributeNames": {"#k": "pk"}}
        self.assertEqual(1, dynamo.query(**asked, ExpressionAttributeValues={":k": {"S": "DATA"}})["Count"])
        self.denied("AccessDeniedException", "dynamodb:Query", self.arn, dynamo.query, **asked, ExpressionAttributeValues={":k": {"S": "CONTROL"}})
        self.assertEqual(400, self.status(dynamo.get_item, TableName=self.name, Key=own))

    def test_batches(self) -> None:
        dynamo = self.role(allow("dynamodb:BatchWriteItem", on=self.arn, **{"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["DATA"]}}))("dynamodb")
        own, others = ({"PutRequest": {"Item": {"pk": {"S": key}}}} for key in ("DATA", "CONTROL"))
        dynamo.batch_write_item(RequestItems={self.name: [own]})
        self.denied("AccessDeniedException", "dynamodb:BatchWriteItem", self.arn, dynamo.batch_write_item, RequestItems={self.name: [own, others]})
        self.denied("AccessDeniedException", "dynamodb:BatchGetItem", self.arn, dynamo.batch_get_item,
                    RequestItems={self.name: {"Keys": [{"pk": {"S": "DATA"}}]}})

    def test_the_key_of_a_table_is_asked_for_in_the_callers_name(self) -> None:
        key = client("kms").create_key(Policy=roles.policy({"Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "kms:*", "Resource": "*"}))
        arn = key["KeyMetadata"]["Arn"]
        client("dynamodb").update_table(TableName=self.name, SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": arn})
        dynamo = self.role(allow("dynamodb:PutItem", on=self.arn))("dynamodb")
        self.denied("AccessDeniedException", "kms:Decrypt", arn, self.put, dynamo=dynamo, key="a")
        client("iam").put_role_policy(RoleName=self.name, PolicyName="key", PolicyDocument=roles.policy(
            allow("kms:Decrypt", on=arn, StringEquals={"kms:ViaService": f"dynamodb.{HERE}.amazonaws.com"})))
        self.put(dynamo, "a")


class ResourcePolicyTest(RoleTest):
    """Resources that let in who has no policy of its own, and keep out who has."""

    def entry(self, effect: str, action: Any, on: Any, principal: Any = None, **more: Any) -> str:
        named = {"AWS": f"arn:aws:iam::{ACCOUNT}:role/{self.name}"} if principal is None else principal
        return roles.policy({"Sid": "One", "Effect": effect, "Principal": named, "Action": action, "Resource": on, **more})

    def test_buckets(self) -> None:
        s3, admin, arn = self.role()("s3"), client("s3"), f"arn:aws:s3:::{self.name}"
        admin.create_bucket(Bucket=self.name)
        self.denied("AccessDenied", "s3:PutObject", f'"{arn}/k"', s3.put_object, Bucket=self.name, Key="k", Body=b"x")
        admin.put_bucket_policy(Bucket=self.name, Policy=self.entry("Allow", ["s3:GetObject", "s3:PutObject"], f"{arn}/k"))
        s3.put_object(Bucket=self.name, Key="k", Body=b"x")
        self.assertEqual(b"x", s3.get_object(Bucket=self.name, Key="k")["Body"].read())
        self.denied("AccessDenied", "s3:ListBucket", f'"{arn}"', s3.list_objects_v2, Bucket=self.name)
        self.assertEqual(403, self.status(s3.head_object, Bucket=self.name, Key="other"))

    def test_who_may_not_list_does_not_learn_that_there_is_no_object(self) -> None:
        s3, arn = self.role(allow("s3:GetObject"))("s3"), f"arn:aws:s3:::{self.name}"
        client("s3").create_bucket(Bucket=self.name)
        self.denied("AccessDenied", "s3:ListBucket", f'"{arn}"', s3.get_object, Bucket=self.name, Key="none")
        client("iam").put_role_policy(RoleName=self.name, PolicyName="list", PolicyDocument=roles.policy(allow("s3:ListBucket", on=arn)))
        self.refused("NoSuchKey", s3.get_object, Bucket=self.name, Key="none")
        self.assertEqual(404, self.status(s3.head_object, Bucket=self.name, Key="none"))

    def test_a_condition_on_a_header(self) -> None:
        s3, admin, arn = self.role(allow("s3:PutObject"))("s3"), client("s3"), f"arn:aws:s3:::{self.name}"
        admin.create_bucket(Bucket=self.name)
        admin.put_bucket_policy(Bucket=self.name, Policy=self.entry("Deny", "s3:PutObject", f"{arn}/*", "*", Condition={"Null": {"s3:if-none-match": "true"}}))
        s3.put_object(Bucket=self.name, Key="k", Body=b"x", IfNoneMatch="*")
        message = self.refused("AccessDenied", s3.put_object, Bucket=self.name, Key="j", Body=b"x")
        self.assertTrue(message.endswith("with an explicit deny in a resource-based policy"), message)

    def test_the_key_of_an_object(self) -> None:
        s3, admin = self.role(allow("s3:PutObject", "s3:GetObject"))("s3"), client("s3")
        key = client("kms").create_key(Policy=self.entry("Allow", "kms:GenerateDataKey", "*", "*", Condition={
            "StringEquals": {"kms:ViaService": f"s3.{HERE}.amazonaws.com", "kms:CallerAccount": ACCOUNT}}))["KeyMetadata"]["Arn"]
        admin.create_bucket(Bucket=self.name)
        admin.put_bucket_encryption(Bucket=self.name, ServerSideEncryptionConfiguration={
            "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}}]})
        s3.put_object(Bucket=self.name, Key="k", Body=b"x")
        message = self.refused("AccessDenied", s3.get_object, Bucket=self.name, Key="k")
        self.assertEqual(f"{self.user}kms:Decrypt on resource: {key} because no resource-based policy allows the kms:Decrypt action", message)

    def test_keys_need_their_own_policy(self) -> None:
        """Which may leave it to the account's."""
        kms = self.role(allow("kms:Encrypt"))("kms")
        for principal, taken in (({"AWS": f"{ROOT[:-4]}role/other"}, False), ({"AWS": ROOT}, True), (None, True)):
            with self.subTest(principal):
                key = client("kms").create_key(Policy=self.entry("Allow", "kms:*", "*", principal))["KeyMetadata"]["Arn"]
                if taken:
                    kms.encrypt(KeyId=key, Plaintext=b"x")
                    self.assertEqual(principal is None, self.may(kms.schedule_key_deletion, KeyId=key.rpartition('/')[2]))
                else:
                    self.assertIn("no resource-based policy allows", self.refused("AccessDeniedException", kms.encrypt, KeyId=key, Plaintext=b"x"))

    def may(self, call: Any, **arguments: Any) -> bool:
        try:
            call(**arguments)
            return True
        except ClientError as refused:
            self.assertEqual("AccessDeniedException", refused.response["Error"]["Code"])
            return False

    def test_keys_that_sign_have_a_pair(self) -> None:
        kms = client("kms")
        key, how = kms.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["Arn"], "RSASSA_PKCS1_V1_5_SHA_256"
        signature = kms.sign(KeyId=key, Message=b"x", SigningAlgorithm=how)["Signature"]
        self.assertTrue(kms.verify(KeyId=key, Message=b"x", SigningAlgorithm=how, Signature=signature)["SignatureValid"])
        symmetric = kms.create_key()["KeyMetadata"]["Arn"]
        self.assertEqual(b"x", kms.decrypt(CiphertextBlob=kms.encrypt(KeyId=symmetric, Plaintext=b"x")["CiphertextBlob"])["Plaintext"])

    def test_a_log_group_needs_a_key_that_lets_the_log_service_in(self) -> None:
        uses = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]

        def key(service: str, actions: list[str], group: str) -> str:
            statement = self.entry("Allow", actions, "*", {"Service": service}, Condition={
                "ArnEquals": {"kms:EncryptionContext:aws:logs:arn": f"arn:aws:logs:{HERE}:{ACCOUNT}:log-group:{group}"}})
            arn: str = client("kms").create_key(Policy=statement)["KeyMetadata"]["Arn"]
            return arn
        service = f"logs.{HERE}.amazonaws.com"
        for wrong in (key(f"logs.{THERE}.amazonaws.com", uses, self.name), key(service, uses[1:], self.name), key(service, uses, "other")):
            message = self.refused("AccessDeniedException", client("logs").create_log_group, logGroupName=self.name, kmsKeyId=wrong)
            self.assertEqual("The specified KMS key does not exist or is not allowed to be used with Arn "
                             f"'arn:aws:logs:{HERE}:{ACCOUNT}:log-group:{self.name}'", message)
        client("logs").create_log_group(logGroupName=self.name, kmsKeyId=key(service, uses, self.name))

    def test_topics(self) -> None:
        sns, arn = self.role()("sns"), client("sns").create_topic(Name=self.name)["TopicArn"]
        self.denied("AuthorizationError", "SNS:Publish", arn, sns.publish, TopicArn=arn, Message="m")
        client("sns").set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=self.entry("Allow", "sns:Publish", arn))
        sns.publish(TopicArn=arn, Message="m")

    def test_queues(self) -> None:
        sqs, url = self.role()("sqs"), client("sqs").create_queue(QueueName=self.name)["QueueUrl"]
        arn = f"arn:aws:sqs:{HERE}:{ACCOUNT}:{self.name}"
        self.denied("AccessDenied", "sqs:sendmessage", arn, sqs.send_message, QueueUrl=url, MessageBody="m")
        client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": self.entry("Allow", "sqs:SendMessage", arn)})
        sqs.send_message(QueueUrl=url, MessageBody="m")

    def test_secrets(self) -> None:
        secrets, arn = self.role()("secretsmanager"), client("secretsmanager").create_secret(Name=self.name, SecretString="s")["ARN"]
        self.denied("AccessDeniedException", "secretsmanager:GetSecretValue", arn, secrets.get_secret_value, SecretId=self.name)
        client("secretsmanager").put_resource_policy(SecretId=arn, ResourcePolicy=self.entry("Allow", "secretsmanager:GetSecretValue", "*"))
        self.assertEqual("s", secrets.get_secret_value(SecretId=self.name)["SecretString"])
        key = client("kms").create_key()["KeyMetadata"]["Arn"]
        client("secretsmanager").update_secret(SecretId=arn, KmsKeyId=key)
        self.denied("AccessDeniedException", "kms:Decrypt", key, secrets.get_secret_value, SecretId=self.name)
        through = allow("kms:Decrypt", on=key, StringEquals={"kms:ViaService": f"secretsmanager.{HERE}.amazonaws.com"})
        client("iam").put_role_policy(RoleName=self.name, PolicyName="own", PolicyDocument=roles.policy(through))
        self.assertEqual("s", secrets.get_secret_value(SecretId=self.name)["SecretString"])

    def test_a_random_password_is_of_no_secret(self) -> None:
        secrets = self.role(allow("secretsmanager:GetRandomPassword"))("secretsmanager")
        self.assertEqual(32, len(secrets.get_random_password()["RandomPassword"]))
        self.setUp()
        self.denied("AccessDeniedException", "secretsmanager:GetRandomPassword", "*", self.role()("secretsmanager").get_random_password)

    def test_parameters(self) -> None:
        client("ssm").put_parameter(Name=f"/{self.name}/one", Value="v", Type="String")
        ssm = self.role(allow("ssm:GetParameter", on=f"arn:aws:ssm:{HERE}:{ACCOUNT}:parameter/{self.name}/one"))("ssm")
        self.assertEqual("v", ssm.get_parameter(Name=f"/{self.name}/one")["Parameter"]["Value"])
        self.denied("AccessDeniedException", "ssm:GetParameter", f"arn:aws:ssm:{HERE}:{ACCOUNT}:parameter/{self.name}/other", ssm.get_parameter,
                    Name=f"/{self.name}/other")

    def test_events(self) -> None:
        events, entry = self.role(allow("events:PutEvents", on=f"arn:aws:events:{HERE}:{ACCOUNT}:event-bus/{self.name}"))("events"), {
            "Source": "s", "DetailType": "d", "Detail": "{}"}
        client("events").create_event_bus(Name=self.name)
        events.put_events(Entries=[{**entry, "EventBusName": self.name}])
        self.denied("AccessDeniedException", "events:PutEvents", f"arn:aws:events:{HERE}:{ACCOUNT}:event-bus/default", events.put_events, Entries=[entry])


class FunctionTest(RoleTest):
    def function(self, role: str, code: bytes, runtime: str = "java21") -> Any:
        client("lambda").create_function(FunctionName=self.name, Runtime=runtime, Handler="drill.Handler::handleRequest", Role=role, Timeout=30,
                                         Code={"ZipFile": code})

    def test_a_function_calls_as_its_role_and_prints_as_its_role(self) -> None:
        self.function(self.made(allow("s3:ListBucket", on="*", Null={"lambda:SourceFunctionArn": "false"})), archive(HANDLER))
        key, secret, token = json.loads(client("lambda").invoke(FunctionName=self.name)["Payload"].read())

        def of(service: str) -> Any:
            return boto3.client(service, region_name=HERE, endpoint_url=endpoint(), aws_access_key_id=key, aws_secret_access_key=secret,
                                aws_session_token=token)
        self.assertEqual(f"arn:aws:sts::{ACCOUNT}:assumed-role/{self.name}/{self.name}", of("sts").get_caller_identity()["Arn"])
        client("s3").create_bucket(Bucket=self.name)
        of("s3").list_objects_v2(Bucket=self.name)
        self.refused("AccessDenied", of("s3").put_object, Bucket=self.name, Key="k", Body=b"x")
        self.assertEqual([], self.printed())
        client("iam").put_role_policy(RoleName=self.name, PolicyName="logs", PolicyDocument=roles.policy(roles.LOGS))
        client("lambda").invoke(FunctionName=self.name)
        self.assertIn("printed", self.printed())

    def printed(self) -> list[str]:
        return [event["message"] for event in client("logs").filter_log_events(logGroupName=f"/aws/lambda/{self.name}")["events"]]

    def empty(self) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as zipped:
            zipped.writestr("none", "")
        return packed.getvalue()

    def test_a_role_must_trust_lambda(self) -> None:
        wrong = roles.make(client, self.name, "scheduler.amazonaws.com")
        with self.assertRaises(ClientError) as caught:
            self.function(wrong, self.empty())
        self.assertEqual("The role defined for the function cannot be assumed by Lambda.", caught.exception.response["Error"]["Message"])

    def test_a_role_must_let_lambda_read_a_queue(self) -> None:
        arn = f"arn:aws:sqs:{HERE}:{ACCOUNT}:{self.name}"
        client("sqs").create_queue(QueueName=self.name)
        self.function(self.made(), self.empty(), "python3.13")

        def mapped() -> Any:
            return client("lambda").create_event_source_mapping(EventSourceArn=arn, FunctionName=self.name)
        reading = ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes")
        for number, action in enumerate(reading):
            self.assertEqual(f"The function execution role does not have permissions to call {action} on SQS",
                             self.refused("InvalidParameterValueException", mapped))
            client("iam").put_role_policy(RoleName=self.name, PolicyName="own", PolicyDocument=roles.policy(
                allow(*(f"sqs:{each}" for each in reading[:number + 1]), on=arn)))
        self.assertEqual([], client("lambda").list_event_source_mappings(EventSourceArn=arn)["EventSourceMappings"])
        version = client("lambda").publish_version(FunctionName=self.name)["Version"]
        alias = client("lambda").create_alias(FunctionName=self.name, Name="live", FunctionVersion=version)["AliasArn"]
        client("lambda").create_event_source_mapping(EventSourceArn=arn, FunctionName=alias)
        found, = client("lambda").list_event_source_mappings(EventSourceArn=arn)["EventSourceMappings"]
        self.assertEqual((alias, "Enabled"), (found["FunctionArn"], found["State"]))

    def test_a_version_is_invoked_by_who_may_invoke_that_version(self) -> None:
        self.function(self.made(allow("lambda:InvokeFunction", on=f"arn:aws:lambda:{HERE}:{ACCOUNT}:function:{self.name}:live")), self.empty(), "python3.13")
        version = client("lambda").publish_version(FunctionName=self.name)["Version"]
        client("lambda").create_alias(FunctionName=self.name, Name="live", FunctionVersion=version)
        arn = f"arn:aws:lambda:{HERE}:{ACCOUNT}:function:{self.name}"
        functions = roles.session(client, endpoint(), f"arn:aws:iam::{ACCOUNT}:role/{self.name}")("lambda")
        functions.invoke(FunctionName=self.name, Qualifier="live")
        functions.invoke(FunctionName=f"{arn}:live")
        self.denied("AccessDeniedException", "lambda:InvokeFunction", arn, functions.invoke, FunctionName=self.name)
        client("lambda").add_permission(FunctionName=self.name, StatementId="s", Action="lambda:InvokeFunction", Principal=f"arn:aws:iam::{ACCOUNT}:role/{self.name}")
        functions.invoke(FunctionName=self.name)


class IdentityTest(RoleTest):
    def test_administrators_pass(self) -> None:
        client("s3").create_bucket(Bucket=self.name)
        client("s3").put_bucket_policy(Bucket=self.name, Policy=roles.policy(
            {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{self.name}/*"}))
        client("s3").put_object(Bucket=self.name, Key="k", Body=b"x")

    def test_attached_policies_and_explicit_denials(self) -> None:
        given = self.role({"Effect": "Deny", "NotAction": "ec2:DescribeVpcs", "Resource": "*"})
        managed = client("iam").create_policy(PolicyName=self.name, PolicyDocument=roles.policy(allow("ec2:Describe*")))["Policy"]["Arn"]
        self.assertIn("because no identity-based", self.refused("UnauthorizedOperation", given("ec2").describe_vpcs))
        client("iam").attach_role_policy(RoleName=self.name, PolicyArn=managed)
        given("ec2").describe_vpcs()
        message = self.refused("UnauthorizedOperation", given("ec2").describe_subnets)
        self.assertTrue(message.startswith("You are not authorized to perform this operation. User: "), message)
        self.assertTrue(message.endswith("with an explicit deny in an identity-based policy"), message)

    def test_a_new_version_of_a_policy_counts(self) -> None:
        arn = client("iam").create_policy(PolicyName=self.name, PolicyDocument=roles.policy(allow("ec2:DescribeVpcs")))["Policy"]["Arn"]
        given = self.role()
        client("iam").attach_role_policy(RoleName=self.name, PolicyArn=arn)
        given("ec2").describe_vpcs()
        client("iam").create_policy_version(PolicyArn=arn, PolicyDocument=roles.policy(allow("ec2:DescribeSubnets")), SetAsDefault=True)
        self.refused("UnauthorizedOperation", given("ec2").describe_vpcs)

    def test_a_role_that_is_gone_may_nothing(self) -> None:
        given = self.role(allow("ec2:DescribeVpcs"))
        client("iam").delete_role_policy(RoleName=self.name, PolicyName="own")
        client("iam").delete_role(RoleName=self.name)
        self.refused("UnauthorizedOperation", given("ec2").describe_vpcs)

    def test_an_operation_that_is_not_known_is_a_gap(self) -> None:
        given = self.role(allow("*"))
        self.assertIn("what IAM asks of ec2:DescribeKeyPairs", self.refused("NotImplementedByEmulator", given("ec2").describe_key_pairs))

    def test_a_condition_that_is_not_known_is_a_gap(self) -> None:
        given = self.role(allow("ec2:DescribeVpcs", StringEquals={"aws:PrincipalTag/team": "x"}))
        self.assertIn("condition key aws:principaltag/team", self.refused("NotImplementedByEmulator", given("ec2").describe_vpcs))
