"""Runs the emulator in the foreground: python3 -m local_aws --port 4566"""
from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import uuid


def main() -> None:
    parser = argparse.ArgumentParser(prog="local_aws", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--instance", default=uuid.uuid4().hex, help="identity told at /emulator/status")
    parser.add_argument("--ready-fd", type=int, help="file descriptor that gets the port once it answers")
    arguments = parser.parse_args()

    from local_aws import data_plane, moto_version, name_server

    moto_version.require()
    data_plane.require()
    listener = socket.create_server(("127.0.0.1", arguments.port), backlog=128)
    port = listener.getsockname()[1]
    configure_moto(port)
    name_server.start()

    from local_aws import children, databases, snapshots, vantage
    from local_aws.http_server import serve_on
    from local_aws.server import application

    snapshots.require()
    answer = application(arguments.instance)
    snapshots.begin()
    server = serve_on(listener, answer)
    vantage.start(serve_on, answer)

    def stop(*_: object) -> None:   # all state is in memory: nothing to save
        children.kill_all()
        databases.stop()
        os._exit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    databases.start(port)
    snapshots.serve_databases()
    data_plane.start()
    print(f"listening on http://127.0.0.1:{port}", file=sys.stderr, flush=True)
    if arguments.ready_fd is not None:
        os.write(arguments.ready_fd, f"{port}\n".encode())
        os.close(arguments.ready_fd)
    server.serve_forever()


def configure_moto(port: int) -> None:
    """moto reads these while it is imported."""
    os.environ["MOTO_PORT"] = str(port)
    os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
    os.environ.setdefault("MOTO_ACM_VALIDATION_WAIT", "1")


if __name__ == "__main__":
    main()
