"""Where the emulator itself listens."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Addresses:
    port: int = 0           # at 127.0.0.1, of everything that HTTP reaches
    name_server: str = ""   # host and port of the zones' name server, UDP


ADDRESSES = Addresses()
