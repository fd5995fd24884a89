"""Carries out one command: python3 emulator/local_aws/launcher start"""
from __future__ import annotations

import os
import sys
from pathlib import Path

from local_aws import settings
from local_aws.launcher import commands
from local_aws.launcher.run_folder import Refused, RunFolder, note

FAILED, WRONG_USAGE = 1, 2


def main(arguments: list[str]) -> int:
    try:
        return commands.run(RunFolder(Path(os.environ[settings.HOME]).absolute()), arguments)
    except Refused as refusal:
        note(str(refusal))
        return FAILED
    except commands.WrongUsage as wrong:
        print(wrong, file=sys.stderr)
        return WRONG_USAGE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
