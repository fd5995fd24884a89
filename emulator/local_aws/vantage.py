"""Where a request comes from. Functions and applications of a Region have a port of their own as endpoint and as proxy, so
that a partition between the Regions can hold them up; whoever uses the emulator's main port is in no Region."""
from __future__ import annotations

import os
import socket
import threading
from typing import Any, Callable

from local_aws import settings, faults

CALLER = "local_aws.caller"   # key of the WSGI environment: the caller's Region

_ports: dict[str, int] = {}
_lock = threading.Lock()
_serve: Callable[[socket.socket, Any], Any] | None = None
_application: Any = None


def start(serve: Callable[[socket.socket, Any], Any], application: Any) -> None:
    global _serve, _application
    _serve, _application = serve, application


def port(region: str) -> int:
    """For the processes of a Region; the main one where nothing moves."""
    if not settings.ON:
        return int(os.environ["MOTO_PORT"])
    with _lock:
        if region not in _ports:
            _ports[region] = _listen(region)
        return _ports[region]


def _listen(region: str) -> int:
    assert _serve is not None
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    server = _serve(listener, lambda environ, start_response: _application({**environ, CALLER: region}, start_response))
    threading.Thread(target=server.serve_forever, daemon=True, name=f"from-{region}").start()
    return int(listener.getsockname()[1])


def cut_off(environ: dict[str, Any], region: str) -> bool:
    """Whether a partition lies between the caller and a Region."""
    return environ.get(CALLER) not in (None, region) and faults.there(region, "partition")
