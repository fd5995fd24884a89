"""moto answers each request in a thread of its own, and iterates over what others add to meanwhile. Python ends such an
iteration with a RuntimeError, mostly where processors are busy; the provider then repeats a call that was carried out.
An iteration over what a backend holds gets what it held at the beginning."""
from __future__ import annotations

from collections import OrderedDict, defaultdict
from typing import Any, Iterator

from moto.core.base_backend import BaseBackend
from moto.core.responses import BaseResponse
from requests.structures import CaseInsensitiveDict   # whose subclass RDS keeps everything in

from local_aws.services.patching import replace


class _Steady(dict[Any, Any]):
    def __iter__(self) -> Iterator[Any]:
        return iter(list(super().keys()))

    def values(self) -> Any:
        return list(super().values())

    def items(self) -> Any:
        return list(super().items())


class SteadyDict(_Steady):
    pass


class SteadyOrderedDict(_Steady, OrderedDict[Any, Any]):
    pass


class SteadyDefaultDict(_Steady, defaultdict[Any, Any]):
    pass


def _steady(value: Any) -> Any:
    if type(value) is dict:
        return SteadyDict(value)
    if type(value) is OrderedDict:
        return SteadyOrderedDict(value)
    if type(value) is defaultdict:
        return SteadyDefaultDict(value.default_factory, value)
    return value


@replace(BaseBackend)
def __setattr__(original: Any, self: Any, name: str, value: Any) -> None:
    original(self, name, value if name == "__dict__" else _steady(value))


@replace(BaseResponse)
def __init__(original: Any, self: Any, *args: Any, **kwargs: Any) -> None:
    """What one answer leaves out, moto notes for all answers of the service, while others are written by those notes."""
    original(self, *args, **kwargs)
    self.RESPONSE_KEY_PATH_TO_TRANSFORMER = dict(type(self).RESPONSE_KEY_PATH_TO_TRANSFORMER)


@replace(CaseInsensitiveDict)
def __iter__(original: Any, self: Any) -> Iterator[str]:
    return iter([name for name, _ in list(self._store.values())])


@replace(CaseInsensitiveDict)
def values(original: Any, self: Any) -> list[Any]:
    return [value for _, value in list(self._store.values())]


@replace(CaseInsensitiveDict)
def items(original: Any, self: Any) -> list[tuple[str, Any]]:
    return list(self._store.values())
