"""Everything that an emulator holds, kept in a folder that another one begins with, whatever its port and its other settings.

Kept are moto's backends, pickled, and Terraform's states in the run folder, which belong to them. Some of their values name
addresses of the emulator, such as the name server of a zone; they become those of the new one."""
from __future__ import annotations

import copyreg
import importlib
import marshal
import pickle
import re
import threading
import types
import weakref
from collections import defaultdict
from pathlib import Path
from typing import Any, Callable

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from moto.backends import get_backend
from moto.core.base_backend import BackendDict

from local_aws import databases, settings
from local_aws.code_version import code_version
from local_aws.world.addresses import ADDRESSES
from local_aws.world.faults import FAULTS

CODE, BACKENDS, STATES = "code", "backends", "*.tfstate"


def save(folder: Path) -> None:
    """Into a folder that is new or empty. Raises ValueError while there is something that a snapshot cannot hold."""
    if settings.DATA_PLANE:
        raise ValueError("a local AWS to save must have LOCAL_AWS_DATA_PLANE off, got on: what databases hold is not saved")
    if found := FAULTS.status():
        raise ValueError(f"a local AWS to save must have no fault, got {found}")
    if folder.exists() and any(folder.iterdir()):
        raise ValueError(f"folder of a snapshot must be new or empty, got '{folder}'")
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / BACKENDS, "wb") as file:
        used = {backends.service_name: backends for backends in BackendDict._instances}   # a service stands there once an account
        _Writer(file).dump({name: (vars(backends), dict(backends)) for name, backends in used.items()})
    for state in settings.run_folder().glob(STATES):
        (folder / state.name).write_text(_neutral(state.read_text()))
    (folder / CODE).write_text(code_version())   # last: without it the snapshot is not whole


def require() -> None:
    """Ends the process when the snapshot that it is to begin with is not one of this code."""
    folder = settings.snapshot()
    if folder is None:
        return
    code = folder / CODE
    found = code.read_text() if code.exists() else "none"
    if found != code_version():
        raise SystemExit(f"local-aws: {settings.SNAPSHOT} must hold a snapshot of this code, {code_version()}, got {found} in '{folder}'")


def begin() -> None:
    """With the snapshot that is asked for, if any: before the first request, once all addresses are known."""
    folder = settings.snapshot()
    if folder is None:
        return
    with open(folder / BACKENDS, "rb") as file:
        for name, (own, accounts) in _Reader(file).load().items():
            backends = get_backend(name)
            vars(backends).update(own)
            backends.update(accounts)
            BackendDict._instances.append(backends)
            for account in accounts.values():
                for backend in account.values():
                    _register(backend)
    for state in folder.glob(STATES):
        (settings.run_folder() / state.name).write_text(_ours(state.read_text()))


def _register(backend: Any) -> None:
    """With its class, as those that are made do: ways between VPCs are looked up there."""
    for name in ("vpc_refs", "vpc_pcx_refs", "backend_refs"):
        if hasattr(backend, name):
            getattr(backend, name)[type(backend)].add(weakref.ref(backend))


def serve_databases() -> None:
    """Those of the snapshot, writers first: the others are filled from them."""
    from moto.rds.models import rds_backends

    clusters = [cluster for account in rds_backends.values() for backend in account.values() for cluster in backend.clusters.values()]
    for cluster in sorted(clusters, key=lambda found: bool(found.replication_source_identifier)):
        databases.serve(cluster)


# --- what is kept

class _Writer(pickle.Pickler):
    def persistent_id(self, value: Any) -> tuple[str, str] | None:
        if isinstance(value, BackendDict):
            return "service", value.service_name
        if isinstance(value, str) and (neutral := _neutral(value)) != value:
            return "text", neutral
        return None

    def reducer_override(self, value: Any) -> Any:
        for kind, reduced in REDUCED.items():
            if isinstance(value, kind):
                return reduced(value)
        return NotImplemented


class _Reader(pickle.Unpickler):
    def persistent_load(self, kept: tuple[str, str]) -> Any:
        kind, value = kept
        return get_backend(value) if kind == "service" else _ours(value)   # type: ignore[call-overload]


def _load_key(der: bytes) -> Any:
    return serialization.load_der_private_key(der, None)


def _load_certificate(der: bytes) -> Any:
    return x509.load_der_x509_certificate(der)


def _key(value: Any) -> Any:
    return _load_key, (value.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),)


def _load_function(code: bytes, module: str) -> Any:
    return types.FunctionType(marshal.loads(code), vars(importlib.import_module(module)))


def _function(value: Any) -> Any:
    """Of one that no name leads to, such as the lambda that a defaultdict makes its values with."""
    if "<locals>" not in value.__qualname__ or value.__closure__:
        return NotImplemented
    return _load_function, (marshal.dumps(value.__code__), value.__module__)


def _default_dict(value: Any) -> Any:
    """Of a subclass that wants other arguments than pickle gives it."""
    if type(value) is defaultdict:
        return NotImplemented
    return copyreg.__newobj__, (type(value),), (vars(value), {"default_factory": value.default_factory}), None, iter(value.items())  # type: ignore[attr-defined]


# what pickle does not know: how it is made anew
REDUCED: dict[type, Callable[[Any], Any]] = {
    type(threading.Lock()): lambda _: (threading.Lock, ()),
    type(threading.RLock()): lambda _: (threading.RLock, ()),
    types.FunctionType: _function,
    defaultdict: _default_dict,
    weakref.WeakValueDictionary: lambda value: (weakref.WeakValueDictionary, (), None, None, iter(value.items())),
    rsa.RSAPrivateKey: _key,
    ec.EllipticCurvePrivateKey: _key,
    x509.Certificate: lambda value: (_load_certificate, (value.public_bytes(serialization.Encoding.DER),)),
}


# --- addresses

def _addresses() -> dict[str, str]:
    return {"<endpoint>": f"127.0.0.1:{ADDRESSES.port}", "<name server>": ADDRESSES.name_server}


def _neutral(text: str) -> str:
    """With marks where it names this emulator's addresses."""
    for mark, address in _addresses().items():
        if address in text:
            text = re.sub(re.escape(address) + r"(?!\d)", mark, text)
    return text


def _ours(text: str) -> str:
    for mark, address in _addresses().items():
        text = text.replace(mark, address)
    return text
