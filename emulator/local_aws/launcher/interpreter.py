"""Tells whether the interpreter that runs this can run the emulator: prints why not, and fails."""
from __future__ import annotations

import sys

from local_aws import moto_version

if __name__ == "__main__":
    why = moto_version.problem()
    if why:
        sys.exit(why)
