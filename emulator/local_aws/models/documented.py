"""What AWS's documentation says of values and its models do not."""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any, Callable, Iterator

import regex

from local_aws.models.call import Call
from local_aws.models.validator import Problems


@dataclass(frozen=True)
class Rule:
    service: str       # these three are regular expressions; the last one of a path such as .Tags[].Key
    operation: str
    path: str
    allows: Callable[[Any], Any]
    words: str


def _text(pattern: str) -> Callable[[Any], Any]:
    compiled = regex.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value)


_EC2_TEXT = _text(r"[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]{0,255}")
_TAG = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]"

RULES = (
    # AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
    Rule("ec2", "CreateSecurityGroup", r"\.(Description|GroupName)", _EC2_TEXT, "up to 255 of a-z A-Z 0-9 space ._-:/()#,@[]+=&;{}!$*"),
    Rule("ec2", "CreateSecurityGroup", r"\.GroupName", _text(r"(?s)(?!sg-).*"), "no prefix sg-"),
    # AWSEC2/latest/APIReference/API_IpRange.html
    Rule("ec2", r"AuthorizeSecurityGroup\w+|ModifySecurityGroupRules", r".*\.Description", _EC2_TEXT,
         "up to 255 of a-z A-Z 0-9 space ._-:/()#,@[]+=&;{}!$*"),
    # AmazonRDS/latest/APIReference/API_CreateDBCluster.html
    Rule("rds", r"(Create|Modify)\w+", r"\.(New)?(DBCluster|DBInstance|GlobalCluster)Identifier", _text(r"(?!.*--)[a-zA-Z][a-zA-Z0-9-]{0,62}(?<!-)|arn:.+"),
         "1 to 63 letters, digits and hyphens; a letter first, no hyphen last, no two in a row"),
    Rule("rds", r"(Create|Modify)DBCluster", r"\.MasterUserPassword", _text(r"[ !#-.0-?A-~]{8,41}"),
         '8 to 41 printable ASCII characters without / " @'),
    # AmazonRDS/latest/APIReference/API_CreateDBInstance.html: the longest is PostgreSQL's
    Rule("rds", r"(Create|Modify)DBInstance", r"\.MasterUserPassword", _text(r"[ !#-.0-?A-~]{8,128}"),
         '8 to 128 printable ASCII characters without / " @'),
    # elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html, API_CreateTargetGroup.html
    Rule("elbv2", r"Create(LoadBalancer|TargetGroup)", r"\.Name", _text(r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?"),
         "up to 32 letters, digits and hyphens; no hyphen at an end"),
    Rule("elbv2", "CreateLoadBalancer", r"\.Name", _text(r"(?s)(?!internal-).*"), "no prefix internal-"),
    # AmazonS3/latest/userguide/bucketnamingrules.html
    Rule("s3", "CreateBucket", r"\.Bucket", _text(r"(?!xn--|sthree-|amzn-s3-demo-|.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?<!-s3alias|--ol-s3)"),
         "3 to 63 lower-case letters, digits, hyphens and dots"),
    # systems-manager/latest/APIReference/API_PutParameter.html
    Rule("ssm", "PutParameter", r"\.Name", _text(r"(?i)(?!/?(aws|ssm)).*"), "no prefix aws or ssm"),
    # amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
    Rule("dynamodb", "CreateTable", r"\.TableName", _text(r"[a-zA-Z0-9_.-]{3,255}|arn:.+"), "3 to 255 of a-z A-Z 0-9 _ - ."),
    # sns/latest/api/API_CreateTopic.html
    Rule("sns", "CreateTopic", r"\.Name", _text(r"[a-zA-Z0-9_-]{1,251}(\.fifo|[a-zA-Z0-9_-]{0,5})"), "up to 256 of a-z A-Z 0-9 _ -"),
    # AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
    Rule("sqs", "CreateQueue", r"\.QueueName", _text(r"[a-zA-Z0-9_-]{1,75}(\.fifo|[a-zA-Z0-9_-]{0,5})"), "up to 80 of a-z A-Z 0-9 _ -"),
    # AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
    Rule("cloudwatch", "PutMetricAlarm", r"\.Period", lambda value: value in (10, 20, 30) or isinstance(value, int) and value % 60 == 0,
         "10, 20, 30 or a multiple of 60"),
    # tag-editor/latest/userguide/best-practices-and-strats.html
    Rule(r"(?!ec2$)\w+", r"\w+", r".*Tags?(\[\]|\{\})\.(Key|TagKey)", _text(rf"(?!(?i:aws):){_TAG}{{1,128}}"),
         "up to 128 letters, digits, spaces and _.:/=+-@, not aws: first"),
    Rule(r"(?!ec2$)\w+", r"\w+", r".*Tags?(\[\]|\{\})\.(Value|TagValue)", _text(rf"{_TAG}{{0,256}}"), "up to 256 letters, digits, spaces and _.:/=+-@"),
    # AWSEC2/latest/APIReference/API_Tag.html
    Rule("ec2", r"\w+", r".*Tags?\[\]\.Key", _text(r"(?s)(?!(?i:aws):).{1,128}"), "up to 128 characters, not aws: first"),
    Rule("ec2", r"\w+", r".*Tags?\[\]\.Value", _text(r"(?s).{0,256}"), "up to 256 characters"),
)


def check(call: Call, values: Any, problems: Problems) -> None:
    for path, value in _leaves(values, call.operation.input_shape, ""):
        for rule in rules(call.service, call.operation.name, re.sub(r"\[\d+\]", "[]", path)):
            if not rule.allows(value):
                problems.report(path, "not as documented", param=value, words=rule.words)


@functools.lru_cache(maxsize=20_000)
def rules(service: str, operation: str, path: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if re.fullmatch(rule.service, service) and re.fullmatch(rule.operation, operation) and re.fullmatch(rule.path, path))


def _leaves(value: Any, shape: Any, path: str) -> Iterator[tuple[str, Any]]:
    """A map's entries are told as .Map{}.Key and .Map{}.Value, whatever they are named. What has not its shape's type is told by the validator."""
    kind = shape.type_name if shape is not None else ""
    if isinstance(value, dict):
        if kind == "structure":
            for name, one in value.items():
                yield from _leaves(one, shape.members.get(name), f"{path}.{name}")
        elif kind == "map":
            for name, one in value.items():
                yield from _leaves(name, shape.key, f"{path}{{}}.Key")
                yield from _leaves(one, shape.value, f"{path}{{}}.Value")
    elif isinstance(value, list):
        for number, one in enumerate(value if kind == "list" else ()):
            yield from _leaves(one, shape.member, f"{path}[{number}]")
    elif value is not None:
        yield path, value
