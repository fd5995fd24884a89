"""Which Region a request comes from. Functions and applications of a Region have a port of their own as endpoint and as proxy, so
that a partition can tell them from the other Region's; whoever uses the emulator's main port is in no Region."""
from __future__ import annotations

import socket
import threading
from typing import Any, Callable

from local_aws import settings
from local_aws.world.addresses import ADDRESSES
from local_aws.world.faults import FAULTS, Part

_REGION = "local_aws.caller"   # key of the WSGI environment

_ports: dict[str, int] = {}
_lock = threading.Lock()
_serve: Callable[[socket.socket, Any], Any] | None = None
_application: Any = None


def start(serve: Callable[[socket.socket, Any], Any], application: Any) -> None:
    """`serve` makes a server of a listener and a WSGI application; the application is the one of the main port."""
    global _serve, _application
    _serve, _application = serve, application


def port(region: str) -> int:
    """The port for processes of a Region; the main one without the data plane."""
    if not settings.DATA_PLANE:
        return ADDRESSES.port
    with _lock:
        if region not in _ports:
            _ports[region] = _listen(region)
        return _ports[region]


def _listen(region: str) -> int:
    assert _serve is not None
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    server = _serve(listener, lambda environ, start_response: _application({**environ, _REGION: region}, start_response))
    threading.Thread(target=server.serve_forever, daemon=True, name=f"from-{region}").start()
    return int(listener.getsockname()[1])


def cut_off(environ: dict[str, Any], region: str) -> bool:
    """Whether a partition lies between the caller and a Region in which something runs, or either of the two is isolated."""
    caller = environ.get(_REGION)
    if caller in (None, region):
        return False
    return region in _ports and FAULTS.lost(Part.LINK, region) or FAULTS.isolated(caller, region)
