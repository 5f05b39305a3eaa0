"""Checking: whether the cited sentences carry what a written sentence says."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.checking.checker import Checker
    from assistant.checking.source import Source

__all__ = ["Checker", "Source"]

__getattr__ = exports(__name__, {"Checker": "checker", "Source": "source"})
