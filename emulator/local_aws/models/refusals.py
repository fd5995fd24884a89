"""Whether AWS would take a request, and the error it answers otherwise."""
from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from local_aws.models import documented
from local_aws.models.call import Call
from local_aws.models.parsers import Unreadable, values_of
from local_aws.models.validator import Problems, Validator

# botocore's reasons; any other one is about a value
MISSING, UNKNOWN, TYPE, VALUE, UNREADABLE = "missing required field", "unknown field", "invalid type", "value", "unreadable"

# What an operation's own model calls it, the first that it knows. A model that names one says so in its documentation too, such as
# "The parameter name or value is invalid" (secretsmanager/latest/apireference/API_CreateSecret.html).
BY_VALUE = ("ValidationException", "InvalidParameterValueException", "InvalidParameterException", "InvalidArgumentException",
            "WAFInvalidParameterException", "InvalidInput")
MODELLED = {MISSING: ("MissingParameterValueException", "MissingRequiredParameterException", *BY_VALUE), VALUE: BY_VALUE}

# Where the model names none: "Common Errors" of the API references, for ec2 AWSEC2/latest/APIReference/errors-overview.html
COMMON = {
    "json": {TYPE: "SerializationException", UNKNOWN: "SerializationException", UNREADABLE: "SerializationException", VALUE: "ValidationException"},
    "query": {UNKNOWN: "InvalidQueryParameter", UNREADABLE: "MalformedQueryString", VALUE: "ValidationError"},
    "ec2": {MISSING: "MissingParameter", UNKNOWN: "UnknownParameter", VALUE: "InvalidParameterValue"},
    "rest-xml": {VALUE: "InvalidInput"},
}
COMMON["rest-json"] = COMMON["smithy-rpc-v2-cbor"] = COMMON["json"]

# What a service calls it all the same, whatever its protocol
OWN = {
    # AmazonRDS/latest/APIReference/CommonErrors.html
    "rds": {MISSING: "MissingParameter", VALUE: "InvalidParameterValue"},
    # What its model and its common errors name is not what it answers: awsdocs/aws-cloudformation-user-guide#777, ansible/ansible#29694
    "cloudwatch": {MISSING: "ValidationError", VALUE: "ValidationError"},
    # "1 validation error detected" comes before an operation's own errors: hashicorp/terraform-provider-aws#39406, hashicorp/terraform#12601
    "lambda": {MISSING: "ValidationException", VALUE: "ValidationException"},
    # aws/aws-sdk-js-v3#1215, for what is missing: inferred
    "secretsmanager": {MISSING: "ValidationException", VALUE: "ValidationException"},
    # KensioSoftware/yulin#1058, for what is missing pulumi/pulumi#12045
    "wafv2": {MISSING: "ValidationException", VALUE: "ValidationException"},
    # terraform-aws-modules/terraform-aws-acm#93, for what is missing: inferred
    "acm": {MISSING: "ValidationException", VALUE: "ValidationException"},
    # AWSSimpleQueueService/latest/APIReference/CommonErrors.html; the keys of its maps are names of attributes, see API_SetQueueAttributes.html
    "sqs": {MISSING: "MissingParameter", VALUE: "InvalidParameterValue"},
    # IAM/latest/APIReference/CommonErrors.html: the InvalidInput of its model is about documents
    "iam": {MISSING: "ValidationError", VALUE: "ValidationError"},
}

# AmazonS3/latest/API/ErrorResponses.html, by where the member is
S3_BODY, S3_BUCKET, S3_OTHER = "MalformedXML", "InvalidBucketName", "InvalidArgument"
# and by its name
S3_HEADERS = {"StorageClass": "InvalidStorageClass", "ServerSideEncryption": "InvalidEncryptionAlgorithmError",
              "SSECustomerAlgorithm": "InvalidEncryptionAlgorithmError", "CopySourceSSECustomerAlgorithm": "InvalidEncryptionAlgorithmError"}
S3_IN_BODY = {".CreateBucketConfiguration.LocationConstraint": "InvalidLocationConstraint"}

_VALIDATOR = Validator()


@dataclass(frozen=True)
class Refusal:
    code: str
    message: str
    status: str = "400 Bad Request"


def refusal_of(call: Call) -> Refusal | None:
    """None for a request that AWS would take."""
    try:
        values = values_of(call)
    except Unreadable as error:
        return Refusal(_code(call, UNREADABLE, ""), f"body must be {call.protocol}: {error}")
    problems = Problems()
    if call.operation.input_shape is not None:
        problems = _VALIDATOR.validate(values, call.operation.input_shape)
    documented.check(call, values, problems)
    # what cannot be read is found before it is held against anything
    first = min(problems, key=lambda problem: problem[0] != TYPE, default=None)
    return Refusal(_code(call, *first), problems.generate_report()) if first else None


def _code(call: Call, reason: str, path: str) -> str:
    if call.service == "s3":
        return _of_s3(call, reason, path)
    if call.service == "sqs" and "(key: " in path:
        return "InvalidAttributeName"
    kind = reason if reason in (MISSING, UNKNOWN, TYPE, UNREADABLE) else VALUE
    common = COMMON[call.protocol]
    for table in (OWN.get(call.service, {}), _modelled(call.operation), common):
        if kind in table:
            return table[kind]
    # what has no code of its own is a value that is not valid
    return next(table[VALUE] for table in (OWN.get(call.service, {}), _modelled(call.operation), common) if VALUE in table)


@functools.cache
def _modelled(operation: Any) -> dict[str, str]:
    codes = {shape.name: shape.metadata.get("error", {}).get("code", shape.name) for shape in operation.error_shapes}
    found = {kind: next((codes[name] for name in names if name in codes), None) for kind, names in MODELLED.items()}
    return {kind: code for kind, code in found.items() if code}


def _of_s3(call: Call, reason: str, path: str) -> str:
    if reason == UNREADABLE:
        return S3_BODY
    name = path.lstrip(".").partition(".")[0].partition("[")[0]
    member = call.operation.input_shape.members.get(name)
    if member is None:
        return S3_OTHER
    if member.serialization.get("location") == "uri" and member.name == "BucketName":
        return S3_BUCKET
    return S3_HEADERS.get(name, S3_OTHER) if "location" in member.serialization else S3_IN_BODY.get(path, S3_BODY)
