"""What of an answer does not fit its operation's model."""
from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Iterator
from xml.etree import ElementTree

from botocore.awsrequest import HeadersDict
from botocore.parsers import ResponseParserError, create_parser

from local_aws.models.call import Call
from local_aws.models.parsers import PARSERS
from local_aws.models.refusals import COMMON, OWN, UNKNOWN
from local_aws.models.validator import Problems, Validator

# What AWS answers although its model says otherwise
MODEL_ERRS = {
    ("ec2", ".State"): "AWSEC2/latest/APIReference/API_InternetGatewayAttachment.html and API_VpcEndpoint.html show available",
    ("dynamodb", ".NumberOfDecreasesToday"): "0 for a table that was never changed",
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
    raw = {"status_code": status, "headers": HeadersDict(headers), "body": body}
    shape = call.operation.output_shape
    try:
        value = create_parser(call.protocol).parse(raw, shape)
    except ResponseParserError as error:
        yield Misfit("", f"unreadable: {error}")
        return
    if status >= 301:
        yield from _error(call, value.get("Error", {}))
    elif shape is not None:
        value.pop("ResponseMetadata", None)
        payload = shape.serialization.get("payload")
        if payload and shape.members[payload].type_name == "blob":
            value[payload] = body   # which botocore reads as a text
        problems = _VALIDATOR.validate(value, shape)
        yield from _told(call, problems, lambda reason: True)
        yield from _told(call, _VALIDATOR.validate(_named(call, shape, body), shape), UNKNOWN.__eq__)


def _told(call: Call, problems: Problems, counts: Any) -> Iterator[Misfit]:
    for reason, path, sentence in problems.told():
        place = re.sub(r" \(key: .*", "", re.sub(r"\[\d+\]", "[]", path))
        last = "." + place.rpartition(".")[2]
        if counts(reason) and (call.service, last) not in MODEL_ERRS:
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
