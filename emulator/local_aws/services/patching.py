"""How services change moto, and where they keep state of their own."""
from __future__ import annotations

import functools
from typing import Any, Callable, TypeVar

T = TypeVar("T")


def replace(cls: type) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """@replace(Cls) def name(original, self, ...): Cls must have that method, or moto is not the one we know."""
    return _install(cls, must_exist=True)


def add(cls: type) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """@add(Cls) def name(self, ...): Cls must not have that method."""
    return _install(cls, must_exist=False)


def _install(cls: type, must_exist: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        name = function.__name__
        original = getattr(cls, name, None)
        if (original is not None) != must_exist:
            raise TypeError(f"{cls.__qualname__}.{name} must {'exist' if must_exist else 'not exist'} in moto")
        if must_exist:
            @functools.wraps(function)
            def method(self: Any, *args: Any, **kwargs: Any) -> Any:
                return function(original, self, *args, **kwargs)
        else:
            method = function
        setattr(cls, name, method)
        return function
    return decorate


def replace_property(cls: type, name: str) -> Callable[[Callable[[Any, Any], Any]], Callable[[Any, Any], Any]]:
    """@replace_property(Cls, "name") def _(value, self): receives what moto would have answered."""
    def decorate(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        original = getattr(cls, name)
        if not isinstance(original, property) or original.fget is None:
            raise TypeError(f"{cls.__qualname__}.{name} must be a property in moto")
        getter = original.fget
        setattr(cls, name, property(lambda self: function(getter(self), self), original.fset))
        return function
    return decorate


def kept(backend: Any, name: str, make: Callable[[], T]) -> T:
    """State of ours inside a backend of moto's, so that moto's own reset clears it too."""
    store = backend.__dict__.setdefault("_local_aws", {})
    if name not in store:
        store[name] = make()
    found: T = store[name]
    return found


def backend_of(service: str, account: str, region: str) -> Any:
    from moto.backends import get_backend

    return get_backend(service)[account][region]  # type: ignore[index, arg-type]
