"""Runs the emulator in the foreground: python3 -m local_aws --port 4566"""
from __future__ import annotations

import argparse
import socket
import uuid

from local_aws import moto_version, settings


def main() -> None:
    parser = argparse.ArgumentParser(prog="local_aws", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--instance", default=uuid.uuid4().hex, help="identity shown at /emulator/status")
    parser.add_argument("--ready-fd", type=int, help="file descriptor that gets the port once it answers")
    arguments = parser.parse_args()

    moto_version.require()
    settings.require()
    listener = socket.create_server(("127.0.0.1", arguments.port), backlog=128)
    settings.configure_moto(listener.getsockname()[1])
    from local_aws import wiring   # and moto with it

    wiring.run(listener, arguments.instance, arguments.ready_fd)


if __name__ == "__main__":
    main()
