"""Lazy exports: the public names of a package, each imported when it is first asked for.

What reads articles in a process of its own, or answers `--help`, then imports little of the rest.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def exports(package: str, modules: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package.

    Args:
        package: the package's `__name__`.
        modules: each public name with the module of the package that defines it.

    >>> from index import encoding
    >>> encoding.stems("Delegates agreed")
    ['deleg', 'agre']
    """

    def get(name: str) -> Any:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{modules[name]}"), name)

    return get
