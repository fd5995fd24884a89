"""What of an answer does not fit its operation's model."""
from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Callable, Iterator
from xml.etree import ElementTree

from botocore.awsrequest import HeadersDict
from botocore.parsers import ResponseParserError, create_parser

from local_aws.models.call import Call
from local_aws.models.parsers import PARSERS
from local_aws.models.refusals import COMMON, OWN, UNKNOWN
from local_aws.models.validator import Validator

# What AWS answers although its model says otherwise, by service and the end of a path
MODEL_ERRS = {
    ("rds", ".FailoverState.Status"): "AmazonRDS/latest/APIReference/API_FailoverState.html names switching-over beside the enumeration",
    ("ec2", ".InternetGateways[].Attachments[].State"): "AWSEC2/latest/APIReference/API_InternetGatewayAttachment.html shows available",
    ("ec2", ".VpcEndpoint.State"): "AWSEC2/latest/APIReference/API_VpcEndpoint.html shows available",
    ("ec2", ".VpcEndpoints[].State"): "the same",
    ("dynamodb", ".NumberOfDecreasesToday"): "0 for a table that was never changed",
    ("dynamodb", ".UnprocessedItems"): "amazondynamodb/latest/APIReference/API_BatchWriteItem.html shows an empty one",
    ("route53", ".DelegationSet"): "a private zone has none",
    ("lambda", ".CodeSigningConfigArn"): "a function without one is told as such",
    ("backup", ".ResourceTypeOptInPreference"): "names of resource types have blanks, such as SAP HANA on Amazon EC2",
}
# of EC2 and S3 no model lists the errors
UNLISTED = ("ec2", "s3")
COMMON_CODES = {code for table in (*COMMON.values(), *OWN.values()) for code in table.values()} | {
    "AccessDenied", "AccessDeniedException", "InvalidParameterCombination"}

_VALIDATOR = Validator()


@dataclass(frozen=True)
class Misfit:
    path: str     # without the numbers of elements
    problem: str


def misfits(call: Call, status: int, headers: list[tuple[str, str]], body: bytes) -> Iterator[Misfit]:
    failed, shape = status >= 301, call.operation.output_shape
    if shape is None and not failed:
        return
    try:
        value, named = _parsed(call, status, headers, body), {} if failed else _named(call, shape, body)
    except (ResponseParserError, ValueError, ElementTree.ParseError) as error:
        yield Misfit("", f"unreadable: {error}")
        return
    if failed:
        yield from _error(call, value.get("Error", {}))
    else:
        yield from _told(call, value, lambda reason: True)
        yield from _told(call, named, UNKNOWN.__eq__)


def _parsed(call: Call, status: int, headers: list[tuple[str, str]], body: bytes) -> Any:
    """As an SDK reads it."""
    shape: Any = call.operation.output_shape
    value = create_parser(call.protocol).parse({"status_code": status, "headers": HeadersDict(headers), "body": body}, shape)
    value.pop("ResponseMetadata", None)
    payload = shape.serialization.get("payload") if shape else None
    if payload and shape.members[payload].type_name == "blob":
        value[payload] = body   # which botocore reads as a text
    return value


def _told(call: Call, value: Any, counts: Callable[[str], bool]) -> Iterator[Misfit]:
    for reason, path, sentence in _VALIDATOR.validate(value, call.operation.output_shape).told():
        place = re.sub(r" \(key: .*", "", re.sub(r"\[\d+\]", "[]", path))
        if counts(reason) and not any(call.service == service and place.endswith(end) for service, end in MODEL_ERRS):
            yield Misfit(place, sentence)


def _named(call: Call, shape: Any, body: bytes) -> Any:
    """The answer's body with whatever names it holds: botocore's parser drops those that the model lacks."""
    if payload := shape.serialization.get("payload"):
        inner = shape.members[payload]
        return {} if inner.type_name in ("blob", "string") else {payload: _read(call, inner, body)}
    return _read(call, shape, body)


def _read(call: Call, shape: Any, body: bytes) -> Any:
    if not body.strip() or call.protocol == "smithy-rpc-v2-cbor":
        return {}
    if call.protocol in ("json", "rest-json"):
        return PARSERS["json"](call.operation)._parse_shape(shape, json.loads(body))
    root = ElementTree.fromstring(body)
    result: Any = root if call.protocol != "query" else next((node for node in root if node.tag.endswith("Result")), ())
    named = PARSERS["rest-xml"](call.operation)._parse_shape(shape, result)
    if isinstance(named, dict):
        for name in ("ResponseMetadata", "requestId", "RequestId"):   # of the protocol
            named.pop(name, None)
    return named


def _error(call: Call, error: dict[str, Any]) -> Iterator[Misfit]:
    code = error.get("QueryErrorCode") or error.get("Code", "")   # the former is what the JSON says, where the header has an old name
    known = {shape.metadata.get("error", {}).get("code", shape.name) for shape in call.operation.service_model.error_shapes}
    if call.service not in UNLISTED and call.sent.method != "HEAD" and code not in known | COMMON_CODES:
        yield Misfit("", f"error must be one of the service, got {code}")
