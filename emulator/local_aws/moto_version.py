"""Refuses every moto but the one whose internals this package replaces."""
from __future__ import annotations

import importlib.util
import sys
from importlib.metadata import PackageNotFoundError, version

REQUIRED = "5.2.1"
# What moto's server mode and the models' patterns need; a plain `pip install moto` has none of them.
SERVER_MODULES = ("flask", "flask_cors", "werkzeug", "boto3", "py_partiql_parser", "jsonpath_ng", "joserfc", "docker", "regex")


def problem() -> str | None:
    """Says why this interpreter cannot run the emulator, or None."""
    if sys.version_info < (3, 10):
        return f"python must be 3.10 or newer, got {sys.version.split()[0]}"
    try:
        found = version("moto")
    except PackageNotFoundError:
        return f"moto must be {REQUIRED}, found none in {sys.executable}"
    if found != REQUIRED:
        return f"moto must be {REQUIRED}, found {found} in {sys.executable}"
    missing = [name for name in SERVER_MODULES if importlib.util.find_spec(name) is None]
    if missing:
        return f"moto {REQUIRED} needs its server extras, missing {', '.join(missing)} in {sys.executable}"
    return None


def require() -> None:
    reason = problem()
    if reason:
        raise SystemExit(f"local-aws: {reason}; install emulator/requirements.txt")
