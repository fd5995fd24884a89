"""HTTP/1.1 with kept connections: werkzeug's own handler closes each one, and Terraform makes thousands of calls."""
from __future__ import annotations

import io
import socket
import sys
import traceback
from typing import Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from local_aws.world.faults import NoAnswer


class KeepAliveHandler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def run_wsgi(self) -> None:
        environ = self.make_environ()
        # read the request whole, or its rest would be taken for the next request line
        length = None if environ.get("wsgi.input_terminated") else int(environ.get("CONTENT_LENGTH") or 0)
        environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read() if length is None else self.rfile.read(length))
        answer: list[Any] = []
        try:
            body = b"".join(self.server.app(environ, lambda status, headers, exc_info=None: answer.extend((status, headers))))
            status, headers = answer
        except NoAnswer:
            self.close_connection = True
            return
        except Exception:
            traceback.print_exc(file=sys.stderr)
            status, headers, body = "400 Bad Request", [], b""
        self._write(status, headers, body)

    def _write(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        code = int(status.split()[0])
        bodiless = code in (204, 304)
        self.send_response_only(code, status.partition(" ")[2])
        names = set()
        for name, value in headers:
            names.add(name.lower())
            if name.lower() not in ("connection", "transfer-encoding") and (name.lower() != "content-length" or self.command == "HEAD"):
                self.send_header(name, value)
        if not bodiless and not (self.command == "HEAD" and "content-length" in names):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers_and(b"" if bodiless or self.command == "HEAD" else body)

    def end_headers_and(self, body: bytes) -> None:
        """Headers and body in one write: two would cost a delayed acknowledgement."""
        buffer: list[bytes] = self._headers_buffer  # type: ignore[attr-defined]
        self.wfile.write(b"".join([*buffer, b"\r\n", body]))
        self._headers_buffer = []


def serve_on(listener: socket.socket, application: Any) -> BaseWSGIServer:
    host, port = listener.getsockname()[:2]
    server = make_server(host, port, application, threaded=True, request_handler=KeepAliveHandler, fd=listener.fileno())
    server.daemon_threads = True  # type: ignore[attr-defined]
    return server
