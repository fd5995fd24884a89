"""What IAM asks of an operation: the action, and the kinds of resources that it names.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

What is not listed is called by none of the roles here. `python3 -m local_aws.access.operations` prints the table."""
from __future__ import annotations

import json
from dataclasses import asdict, dataclass

# ARNs by service and kind of resource, with members of the request in braces. Those of None are made up by AWS: they are looked up.
RESOURCES: dict[str, dict[str, str | None]] = {
    "autoscaling": {"autoScalingGroup": None},
    "dynamodb": {"table": "arn:aws:dynamodb:{region}:{account}:table/{TableName}"},
    "events": {"event-bus": "arn:aws:events:{region}:{account}:event-bus/{EventBusName}"},
    "kms": {"key": None},
    "lambda": {"function": "arn:aws:lambda:{region}:{account}:function:{FunctionName}"},
    "logs": {"log-group": "arn:aws:logs:{region}:{account}:log-group:{logGroupName}",
             "log-stream": "arn:aws:logs:{region}:{account}:log-group:{logGroupName}:log-stream:{logStreamName}"},
    "rds": {"cluster": "arn:aws:rds:{region}:{account}:cluster:{TargetDbClusterIdentifier}",
            "global-cluster": "arn:aws:rds::{account}:global-cluster:{GlobalClusterIdentifier}"},
    "s3": {"bucket": "arn:aws:s3:::{Bucket}", "object": "arn:aws:s3:::{Bucket}/{Key}"},
    "secretsmanager": {"Secret": None},
    "sns": {"topic": "{TopicArn}"},
    "sqs": {"queue": "arn:aws:sqs:{region}:{account}:{QueueName}"},
    "ssm": {"parameter": "arn:aws:ssm:{region}:{account}:parameter/{Name}"},
    "sts": {"role": "{RoleArn}"},
}


@dataclass(frozen=True)
class Operation:
    action: str
    kinds: tuple[str, ...]   # empty: on no resource, which policies call "*"


def _each(service: str, *names: str, on: tuple[str, ...] = ()) -> dict[str, Operation]:
    """Operations that have the names of their actions."""
    return {name: Operation(f"{service}:{name}", on) for name in names}


OPERATIONS: dict[str, dict[str, Operation]] = {
    "autoscaling": {
        **_each("autoscaling", "DescribeAutoScalingGroups", "DescribeScalingActivities"),
        **_each("autoscaling", "SetDesiredCapacity", "UpdateAutoScalingGroup", on=("autoScalingGroup",))},
    "cloudwatch": _each("cloudwatch", "PutMetricData"),
    "dynamodb": {
        # Others that name a table have its actions' names. These are items of a transaction: amazondynamodb/latest/developerguide/transaction-apis-iam.html
        "ConditionCheck": Operation("dynamodb:ConditionCheckItem", ("table",)), "Delete": Operation("dynamodb:DeleteItem", ("table",)),
        "Get": Operation("dynamodb:GetItem", ("table",)), "Put": Operation("dynamodb:PutItem", ("table",)),
        "Update": Operation("dynamodb:UpdateItem", ("table",))},
    "ec2": _each("ec2", "DescribeInstances", "DescribeNetworkInterfaces", "DescribeSubnets", "DescribeVpcs"),
    "elbv2": _each("elasticloadbalancing", "DescribeLoadBalancers", "DescribeTargetGroups", "DescribeTargetHealth"),
    "events": _each("events", "PutEvents", on=("event-bus",)),
    "kms": _each("kms", "Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "PutKeyPolicy",
                 "ScheduleKeyDeletion", on=("key",)),
    "lambda": {"Invoke": Operation("lambda:InvokeFunction", ("function",)),
               **_each("lambda", "GetFunction", "UpdateFunctionCode", "UpdateFunctionConfiguration", on=("function",))},
    "logs": {**_each("logs", "CreateLogGroup", "DescribeLogStreams", on=("log-group",)),
             **_each("logs", "CreateLogStream", "PutLogEvents", on=("log-stream",))},
    "rds": {**_each("rds", "DescribeDBClusters", on=("cluster",)), **_each("rds", "DescribeGlobalClusters", on=("global-cluster",)),
            **_each("rds", "FailoverGlobalCluster", "SwitchoverGlobalCluster", on=("global-cluster", "cluster"))},
    "s3": {
        **_each("s3", "DeleteObject", "GetObject", "PutObject", on=("object",)),
        "HeadObject": Operation("s3:GetObject", ("object",)),
        # each part is a write: AmazonS3/latest/userguide/mpuAndPermissions.html
        **{name: Operation("s3:PutObject", ("object",)) for name in ("CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload")},
        "AbortMultipartUpload": Operation("s3:AbortMultipartUpload", ("object",)),
        **{name: Operation("s3:ListBucket", ("bucket",)) for name in ("HeadBucket", "ListObjects", "ListObjectsV2")},
        "ListObjectVersions": Operation("s3:ListBucketVersions", ("bucket",)),
        **_each("s3", "GetBucketLocation", "GetBucketPolicy", "PutBucketPolicy", on=("bucket",))},
    "secretsmanager": {**_each("secretsmanager", "GetRandomPassword"),
                       **_each("secretsmanager", "DescribeSecret", "GetSecretValue", "PutSecretValue", on=("Secret",))},
    "sns": _each("sns", "GetTopicAttributes", "Publish", on=("topic",)),
    "sqs": _each("sqs", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl", "ReceiveMessage", "SendMessage", on=("queue",)),
    "ssm": _each("ssm", "GetParameter", "GetParameters", "PutParameter", on=("parameter",)),
    "sts": _each("sts", "AssumeRole", on=("role",)),
}

# All who have credentials may ask: STS/latest/APIReference/API_GetCallerIdentity.html
FREE = {("sts", "GetCallerIdentity")}

if __name__ == "__main__":
    print(json.dumps({service: {name: asdict(operation) for name, operation in operations.items()} for service, operations in OPERATIONS.items()}))
