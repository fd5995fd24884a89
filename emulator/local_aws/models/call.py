"""A request as a call: its operation, and how it speaks."""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote

from moto.core.model import OperationModel

from local_aws.models.catalog import model_name, operation_model, service_model
from local_aws.models.routes import route_of

RPC = re.compile(r"/service/\w+/operation/(\w+)")
# Hosts of S3 without a bucket before them, AmazonS3/latest/userguide/VirtualHosting.html; an address of the emulator has no other
S3_HOST = re.compile(r"(\[.*\]|[\d.]+|[^.]+|s3[.-](?!.*\.s3[.-]).*?)(:\d+)?")
S3_CONTROL = "/v20180820/"   # signed for s3 too, and another service


@dataclass(frozen=True)
class Sent:
    """What an HTTP request holds."""

    method: str
    path: str   # as it was sent, with its escapes
    query: str
    headers: dict[str, str]   # by lower-case names
    body: bytes

    @cached_property
    def queries(self) -> dict[str, list[str]]:
        return parse_qs(self.query, keep_blank_values=True)

    @cached_property
    def form(self) -> dict[str, str]:
        """Of the query and the body, as the query protocols send it."""
        return dict(parse_qsl(self.query, True) + parse_qsl(self.body.decode(errors="replace"), True))

    @classmethod
    def of(cls, environ: dict[str, Any]) -> Sent:
        """The body can be read again afterwards."""
        body = environ["wsgi.input"].read()
        environ["wsgi.input"].seek(0)
        headers = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
        address = environ.get("REQUEST_URI") or environ["PATH_INFO"]
        return cls(environ["REQUEST_METHOD"], address.partition("?")[0], environ.get("QUERY_STRING", ""), headers, body)


@dataclass(frozen=True)
class Call:
    operation: OperationModel
    protocol: str
    sent: Sent
    in_path: dict[str, str]

    @property
    def service(self) -> str:
        return str(self.operation.service_model.service_name)


def call_of(signed_for: str, sent: Sent) -> Call | None:
    """None for an operation that no model has: the request goes on unchecked."""
    target = sent.headers.get("x-amz-target", "")
    service = service_model(model_name(signed_for, target, sent.form.get("Version", "") if signed_for == "elasticloadbalancing" else ""))
    if service is None or signed_for == "s3" and not _by_path(sent):
        return None
    protocol, in_path = str(service.metadata["protocol"]), {}
    operation: OperationModel | None
    if named := RPC.fullmatch(sent.path):
        protocol, operation = "smithy-rpc-v2-cbor", operation_model(service, named[1])
    elif target:
        protocol, operation = "json", operation_model(service, target.rpartition(".")[2])
    elif protocol.startswith("rest-"):
        route = route_of(service, sent.method, sent.path, {name: values[0] for name, values in sent.queries.items()}, sent.headers)
        operation = route.operation if route else None
        if route and (found := route.path.fullmatch(sent.path)):
            in_path = {name.replace("__", "-"): unquote(value) for name, value in found.groupdict().items()}
    else:
        protocol, operation = "ec2" if protocol == "ec2" else "query", operation_model(service, sent.form.get("Action", ""))
    return Call(operation, protocol, sent, in_path) if operation else None


def _by_path(sent: Sent) -> bool:
    """Whether a request to S3 names its bucket in its path."""
    return S3_HOST.fullmatch(sent.headers.get("host", "localhost")) is not None and not sent.path.startswith(S3_CONTROL)
