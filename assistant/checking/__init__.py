"""Checking: whether sources carry what a written sentence says, by exact facts, safe edits and an entailment model."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.checking.checker import Checker
    from assistant.checking.source import Source, sources_of
    from assistant.checking.verdict import Verdict

__all__ = ["Checker", "Source", "Verdict", "sources_of"]

__getattr__ = exports(
    __name__, {"Checker": "checker", "Source": "source", "Verdict": "verdict", "sources_of": "source"}
)
