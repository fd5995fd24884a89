"""A small application behind the load balancers of test_data_plane.py. It is sick while the file sick-REGION is in the run folder."""
from __future__ import annotations

import json
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

REGION = os.environ["AWS_REGION"]
SICK = Path(os.environ["LOCAL_AWS_HOME"]) / f"sick-{REGION}"
TOLD = ("AWS_REGION", "AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "PGSSLROOTCERT", "JAVA_TOOL_OPTIONS")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        told = {"method": self.command, "target": self.path, "headers": dict(self.headers), "body": body,
                "environment": {name: os.environ[name] for name in TOLD}}
        status = 404 if self.path == "/none" else 503 if SICK.exists() else 201 if self.command == "POST" else 200
        data = json.dumps(told).encode()
        self.send_response(status)
        for name, value in (("Served-By-Region", REGION), ("Keep-Alive", "timeout=5"), ("Content-Length", str(len(data)))):
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_GET = do_POST = do_HEAD = do_DELETE = answer


time.sleep(0.3)   # it boots
ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
