"""The zones' name server: answers over UDP what records and health checks say at that moment (RFC 1035, without compression of its own)."""
from __future__ import annotations

import socket
import struct
import sys
import threading
import traceback
from dataclasses import dataclass
from typing import Any, Iterable

from moto.route53.models import route53_backends

from local_aws.services.dns import answering
from local_aws.world.addresses import ADDRESSES

KINDS = {1: "A", 5: "CNAME", 16: "TXT"}
NUMBERS = {kind: number for number, kind in KINDS.items()}
NO_ERROR, FORMAT_ERROR, NO_SUCH_NAME, REFUSED = 0, 1, 3, 5
AUTHORITATIVE_ANSWER = 0x8400
RECURSION_DESIRED = 0x0100
QUESTION = 12                       # offset of the first question, right behind the header
LONGEST_MESSAGE = 512


@dataclass(frozen=True)
class Query:
    number: int
    flags: int
    name: str
    kind: int
    question: bytes


def start() -> None:
    """On a free port, until the process ends."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.bind(("127.0.0.1", 0))
    ADDRESSES.name_server = "127.0.0.1:%d" % listener.getsockname()[1]
    threading.Thread(target=_serve, args=(listener,), daemon=True, name="name-server").start()


def _serve(listener: socket.socket) -> None:
    while True:
        message, sender = listener.recvfrom(LONGEST_MESSAGE)
        try:
            listener.sendto(answer(message), sender)
        except Exception:
            traceback.print_exc(file=sys.stderr)


def answer(message: bytes) -> bytes:
    try:
        query = _parse(message)
    except (IndexError, UnicodeDecodeError, struct.error):
        return message[:2] + struct.pack(">HHHHH", AUTHORITATIVE_ANSWER | FORMAT_ERROR, 0, 0, 0, 0)
    code, records = _look_up(query.name, query.kind)
    flags = AUTHORITATIVE_ANSWER | query.flags & RECURSION_DESIRED | code
    return struct.pack(">HHHHHH", query.number, flags, 1, len(records), 0, 0) + query.question + b"".join(records)


def _parse(message: bytes) -> Query:
    number, flags, questions = struct.unpack(">HHH", message[:6])
    if questions != 1:
        raise IndexError(f"a query has one question, got {questions}")
    labels, at = [], QUESTION
    while message[at]:
        labels.append(message[at + 1:at + 1 + message[at]].decode("ascii"))
        at += 1 + message[at]
    (kind,) = struct.unpack(">H", message[at + 1:at + 3])
    return Query(number, flags, ".".join(labels).lower(), kind, message[QUESTION:at + 5])


def _look_up(name: str, number: int) -> tuple[int, list[bytes]]:
    """Return code and encoded records. A name with a CNAME answers every question with it."""
    for account in route53_backends.values():
        backend = account["aws"]
        zones = [zone for zone in backend.zones.values() if not zone.private_zone and _within(name, zone.name)]
        for zone in sorted(zones, key=lambda found: -len(found.name)):
            kinds = ["CNAME", *([KINDS[number]] if number in KINDS else [])]
            for kind in kinds:
                if records := [_encode(kind, record.ttl, value) for record in answering(backend, zone, name, kind)
                               for value in record.records or []]:
                    return NO_ERROR, records
            known = any(record.name.rstrip(".").lower() == name for record in zone.rrsets)
            return (NO_ERROR if known else NO_SUCH_NAME), []
    return REFUSED, []


def _within(name: str, zone: str) -> bool:
    apex = zone.rstrip(".").lower()
    return name == apex or name.endswith("." + apex)


def _encode(kind: str, ttl: Any, value: str) -> bytes:
    data = {"A": _address, "CNAME": _name, "TXT": _text}[kind](value)
    return struct.pack(">HHHIH", 0xC000 | QUESTION, NUMBERS[kind], 1, int(ttl or 0), len(data)) + data


def _address(value: str) -> bytes:
    return socket.inet_aton(value)


def _name(value: str) -> bytes:
    return _strings(label.encode("ascii") for label in value.rstrip(".").split(".")) + b"\0"


def _text(value: str) -> bytes:
    """Route 53 keeps texts in quotes: "one" "two"."""
    return _strings(part.encode() for part in value.strip('"').split('" "'))


def _strings(parts: Iterable[bytes]) -> bytes:
    return b"".join(bytes([len(part)]) + part for part in parts)
