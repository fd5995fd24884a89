"""Errors in the form that the caller's SDK parses; one it cannot parse would be retried."""
from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape

from local_aws.http import rpc
from local_aws.models.catalog import service_model

Error = tuple[list[tuple[str, str]], bytes]


def error(service: str, environ: dict[str, Any], code: str, message: str) -> Error:
    """Headers and body; `service` is the name that the request is signed for."""
    content_type, body = _body(service, environ, code, message)
    # smithy.io/2.0/aws/protocols/aws-query-protocol.html#awsquerycompatible-trait: the code as it was before services spoke JSON
    return [("Content-Type", content_type), ("x-amzn-ErrorType", code), ("x-amzn-query-error", f"{code};Sender")], body


def _body(service: str, environ: dict[str, Any], code: str, message: str) -> tuple[str, bytes]:
    if rpc.is_rpc(environ):
        return "application/cbor", rpc.encode({"__type": code, "message": message[:1000]})
    text = f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message>"
    match _protocol(service, environ):
        case "rest-xml" if service in ("s3", "unsigned"):
            return "application/xml", f"<Error>{text}<RequestId>local</RequestId></Error>".encode()
        case "ec2":
            return "text/xml", f"<Response><Errors><Error>{text}</Error></Errors><RequestID>local</RequestID></Response>".encode()
        case "query" | "rest-xml":
            return "text/xml", f"<ErrorResponse><Error><Type>Sender</Type>{text}</Error><RequestId>local</RequestId></ErrorResponse>".encode()
    return "application/x-amz-json-1.1", json.dumps({"__type": code, "message": message}).encode()


def _protocol(service: str, environ: dict[str, Any]) -> str:
    if "HTTP_X_AMZ_TARGET" in environ:
        return "json"
    model = service_model("s3" if service == "unsigned" else service)
    if model is None:
        return "rest-json"
    own = str(model.metadata["protocol"])
    # one that speaks JSON or CBOR as well, and was asked without the headers of these
    return "query" if own in ("json", "smithy-rpc-v2-cbor") and "query" in model.metadata.get("protocols", ()) else own
