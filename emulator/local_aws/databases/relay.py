"""The way between two Regions: a TCP relay in front of each replica's source, which can be cut and made late."""
from __future__ import annotations

import queue
import socket
import sys
import threading
from typing import Callable

from local_aws.world.clock import CLOCK
from local_aws.world.faults import FAULTS

CHUNK = 1 << 16
# signing in takes several round trips, which would take minutes if each were late
SIGN_IN_SECONDS = 1.0
POLL_SECONDS = 0.05


class Relay:
    """Listens on a free port of an address, until the process ends; `target` says where to, if anywhere, at that moment."""

    def __init__(self, address: str, target: Callable[[], tuple[str, int] | None]) -> None:
        self._listener = socket.create_server((address, 0))
        self.address, self.port = self._listener.getsockname()
        self._target = target
        self._open: set[_Connection] = set()
        threading.Thread(target=self._accept, daemon=True, name=f"relay-{address}").start()

    def cut(self) -> None:
        """Ends what is connected; what is under way is lost."""
        for connection in list(self._open):
            connection.close()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)   # wakes the thread that accepts
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                replica, _ = self._listener.accept()
            except OSError:   # closed
                return
            try:
                target = self._target()
                source = socket.create_connection(target, timeout=2) if target else None
            except OSError as refused:
                print(f"replication: {target} does not answer: {refused}", file=sys.stderr, flush=True)
                source = None
            if source is None:
                replica.close()
                continue
            source.settimeout(None)
            for end in (replica, source):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection = _Connection(replica, source, self._open.discard)
            self._open.add(connection)
            connection.start()


class _Connection:
    def __init__(self, replica: socket.socket, source: socket.socket, forget: Callable[[_Connection], None]) -> None:
        self._replica, self._source, self._forget = replica, source, forget
        self._signed_in = CLOCK.monotonic() + SIGN_IN_SECONDS
        self._under_way: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        self._closed = threading.Event()

    def start(self) -> None:
        for pump in (self._up, self._receive, self._deliver):
            threading.Thread(target=self._run, args=(pump,), daemon=True, name=f"relay{pump.__name__}").start()

    def close(self) -> None:
        self._closed.set()
        self._under_way.put((0, b""))
        for end in (self._replica, self._source):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:   # not connected any more
                pass
            end.close()
        self._forget(self)

    def _run(self, pump: Callable[[], None]) -> None:
        try:
            pump()
        except OSError:   # the other pump, or the other side, has closed
            pass
        finally:
            self.close()

    def _up(self) -> None:
        while data := self._replica.recv(CHUNK):
            self._source.sendall(data)

    def _receive(self) -> None:
        """Ends the connection with its source: a dead writer delivers nothing of what is still under way."""
        while data := self._source.recv(CHUNK):
            self._under_way.put((CLOCK.monotonic(), data))

    def _deliver(self) -> None:
        """What has not arrived is lost with the writer: a delay of PostgreSQL's own (recovery_min_apply_delay) holds back what has
        arrived, and would lose nothing."""
        while not self._closed.is_set():
            arrived, data = self._under_way.get()
            while arrived > self._signed_in and CLOCK.monotonic() < arrived + FAULTS.replication_delay():
                if self._closed.wait(POLL_SECONDS):
                    return
            self._replica.sendall(data)
