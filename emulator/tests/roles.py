"""Roles, and clients that act as them."""
from __future__ import annotations

import json
from typing import Any, Callable

import boto3
from botocore.config import Config

VERSION = "2012-10-17"
LOGS = {"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": "*"}


def allow(*actions: str, on: Any = "*", **condition: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": on, **({"Condition": condition} if condition else {})}


def trusted_by(service: str) -> str:
    return json.dumps({"Version": VERSION, "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]})


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": VERSION, "Statement": list(statements)})


def make(client: Callable[..., Any], name: str, service: str, *statements: dict[str, Any]) -> str:
    """The ARN of a role that a service may assume and that has one policy of its own, if it has statements."""
    iam = client("iam")
    arn: str = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trusted_by(service))["Role"]["Arn"]
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=policy(*statements))
    return arn


def session(client: Callable[..., Any], endpoint: str, role: str, name: str = "session") -> Callable[..., Any]:
    """Clients of a role, as `client` makes those of an administrator."""
    given = client("sts").assume_role(RoleArn=role, RoleSessionName=name)["Credentials"]

    def of(service: str, region: str = "us-east-1") -> Any:
        return boto3.client(service, region_name=region, endpoint_url=endpoint, aws_access_key_id=given["AccessKeyId"],
                            aws_secret_access_key=given["SecretAccessKey"], aws_session_token=given["SessionToken"],
                            config=Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}))
    return of
