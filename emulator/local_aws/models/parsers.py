"""What a request says, as its model's values. moto's parsers, but for what they pass over: a value that has not its shape's type
stays as it was sent, and a name that the model lacks stays too, so that the validator sees both."""
from __future__ import annotations

import base64
import functools
import json
from typing import Any, Callable
from xml.etree import ElementTree

from botocore.parsers import RpcV2CBORParser
from moto.core.parse import (UNDEFINED, BaseJSONParser, BaseRestParser, BaseXMLParser, EC2QueryParser, QueryParser, RequestParser,
                             RequestParserError)

from local_aws.models.call import Call, Sent


class Unreadable(Exception):
    """A body that is not in the form of its protocol."""


def values_of(call: Call) -> Any:
    """Raises Unreadable."""
    if call.operation.input_shape is None:
        return {}
    try:
        return _parser(call.protocol, call.operation).parse({"sent": call.sent, "in_path": call.in_path})
    except (ValueError, RequestParserError, RecursionError) as error:
        raise Unreadable(str(error)) from error


def _decoded(decode: Callable[[bytes], Any], body: bytes, empty: Any) -> Any:
    """Raises Unreadable for whatever a decoder raises: that is about what it was given."""
    try:
        return decode(body) if body.strip() else empty
    except Exception as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error


@functools.cache
def _parser(protocol: str, operation: Any) -> Any:
    return PARSERS[protocol](operation)


def _typed(shape: Any, text: Any) -> Any:
    """The value that a text means, or the text itself when it means none."""
    kind = shape.type_name
    try:
        if kind in ("integer", "long"):
            return int(text)
        if kind in ("float", "double"):
            return float(text)
        if kind == "boolean":
            return {"true": True, "false": False}[text.lower()]
        if kind == "blob":
            return base64.b64decode(text)
    except (ValueError, KeyError):
        pass
    return text


class _Form(dict[str, str]):
    """Tells what was not asked for."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__(values)
        self.left = set(values)

    def get(self, name: str, default: Any = None) -> Any:
        self.left.discard(name)
        return super().get(name, default)


class _Query(QueryParser):
    # what says which operation this is and who calls
    ADDRESS = ("Action", "Version")

    def _do_parse(self, request: dict[str, Any], shape: Any) -> Any:
        form = _Form({name: value for name, value in request["sent"].form.items() if name not in self.ADDRESS and not name.startswith("X-Amz-")})
        parsed = self._parse_shape(shape, form)
        return {**(parsed if parsed is not UNDEFINED else {}), **{name: form[name] for name in form.left}}

    def _text(self, shape: Any, form: _Form, prefix: str = "") -> Any:
        text = form.get(prefix, UNDEFINED)
        return text if text is UNDEFINED else _typed(shape, text)

    _parse_string = _parse_character = _parse_integer = _parse_long = _parse_float = _parse_double = _text
    _parse_boolean = _parse_blob = _parse_timestamp = _text


class _EC2(_Query, EC2QueryParser):
    pass


class _JSONValues(BaseJSONParser):
    def _parse_shape(self, shape: Any, value: Any) -> Any:
        expected = {"structure": dict, "list": list, "map": dict}.get(shape.type_name)
        return super()._parse_shape(shape, value) if expected and isinstance(value, expected) else self._scalar(shape, value)

    def _scalar(self, shape: Any, value: Any) -> Any:
        return _typed(shape, value) if shape.type_name == "blob" and isinstance(value, str) else value

    def _parse_structure(self, shape: Any, value: Any) -> Any:
        parsed = super()._parse_structure(shape, value)
        if not shape.is_document_type:
            known = {member.serialization.get("name", name) for name, member in shape.members.items()}
            parsed.update((name, value[name]) for name in value.keys() - known)
        return parsed


class _JSON(_JSONValues):
    def _do_parse(self, request: dict[str, Any], shape: Any) -> Any:
        return self._parse_shape(shape, _decoded(json.loads, request["sent"].body, {}))


class _CBOR(_JSONValues):
    READER = RpcV2CBORParser()

    def _do_parse(self, request: dict[str, Any], shape: Any) -> Any:
        return self._parse_shape(shape, _decoded(self._read, request["sent"].body, {}))

    def _read(self, body: bytes) -> Any:
        return self.READER.parse_data_item(self.READER.get_peekable_stream_from_bytes(body))

    def _scalar(self, shape: Any, value: Any) -> Any:
        return value


class _Rest(BaseRestParser):
    KEPT = ("Expires",)   # of an object, which S3 keeps whatever it says

    def _parse_non_payload_attrs(self, request: dict[str, Any], shape: Any, members: Any, parsed: dict[str, Any]) -> None:
        sent: Sent = request["sent"]
        for name, member in members.items():
            wire, location = member.serialization.get("name", name), member.serialization.get("location")
            if location == "headers":
                prefix = wire.lower()
                if found := {key[len(prefix):]: value for key, value in sent.headers.items() if key.startswith(prefix)}:
                    parsed[name] = found
            elif location == "uri" and wire in request["in_path"]:
                parsed[name] = _typed(member, request["in_path"][wire])
            elif location == "header" and wire.lower() in sent.headers and wire not in self.KEPT:
                parsed[name] = self._in_header(member, sent.headers[wire.lower()])
            elif location == "querystring" and wire in sent.queries:
                values = sent.queries[wire]
                parsed[name] = [_typed(member.member, value) for value in values] if member.type_name == "list" else _typed(member, values[0])
        parsed.update((name, sent.queries[name][0]) for name in sent.queries if not self._known(name, members))

    def _in_header(self, member: Any, text: str) -> Any:
        return [_typed(member.member, one.strip()) for one in text.split(",")] if member.type_name == "list" else _typed(member, text)

    def _known(self, query: str, members: Any) -> bool:
        return query.lower().startswith("x-") or query in self._address or any(
            member.serialization.get("location") == "querystring" and (member.serialization.get("name", name) == query or member.type_name == "map")
            for name, member in members.items())

    @functools.cached_property
    def _address(self) -> set[str]:
        """What of the query is part of the operation's address."""
        return {part.partition("=")[0] for part in self.operation_model.http["requestUri"].partition("?")[2].split("&")}

    def _parse_payload(self, request: dict[str, Any], shape: Any, members: Any, parsed: dict[str, Any]) -> None:
        body, payload = request["sent"].body, shape.serialization.get("payload")
        if payload and members[payload].type_name in ("blob", "string"):
            if body:
                parsed[payload] = body if members[payload].type_name == "blob" else body.decode()
        elif (read := _decoded(self._read, body, UNDEFINED)) is not UNDEFINED:
            in_body = self._parse_shape(members[payload] if payload else shape, read)
            parsed.update({payload: in_body} if payload else in_body if isinstance(in_body, dict) else {"(body)": in_body})

    def _read(self, body: bytes) -> Any:
        raise NotImplementedError


class _RestJSON(_Rest, _JSONValues):
    def _read(self, body: bytes) -> Any:
        return json.loads(body)


class _RestXML(_Rest, BaseXMLParser):
    def _read(self, body: bytes) -> Any:
        return ElementTree.fromstring(body)

    def _parse_structure(self, shape: Any, node: Any) -> Any:
        parsed = super()._parse_structure(shape, node)
        known = {self._member_key_name(member, name).rpartition(":")[2] for name, member in shape.members.items()
                 if "location" not in member.serialization}
        first = node[0] if isinstance(node, list) else node
        parsed.update((tag, child.text) for child in first if (tag := self._node_tag(child)) not in known)
        return parsed

    def _text(self, shape: Any, node: Any) -> Any:
        return node if isinstance(node, list) else _typed(shape, node.text or "")

    _parse_string = _parse_character = _parse_integer = _parse_long = _parse_float = _parse_double = _text
    _parse_boolean = _parse_blob = _parse_timestamp = _text


PARSERS: dict[str, type[RequestParser]] = {"query": _Query, "ec2": _EC2, "json": _JSON, "smithy-rpc-v2-cbor": _CBOR, "rest-json": _RestJSON,
                                           "rest-xml": _RestXML}
