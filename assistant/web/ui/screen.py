"""Page updates: what the page is told to show while a question is answered, and the filters that it sends."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a search: `only` these papers, or none of `hide`, and days; empty and None for no filter.

    >>> bool(Filters()), bool(Filters(only=("Morning Post",)))
    (False, True)
    """

    only: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None

    def __bool__(self) -> bool:
        return self != Filters()

    @classmethod
    def read(cls, sent: object) -> "Filters":
        """The filters that a page sent or a conversation kept; a value of the wrong form counts as missing."""
        told = sent if isinstance(sent, dict) else {}
        return cls(
            _names(told.get("only")), _names(told.get("hide")), _day(told.get("after")), _day(told.get("before"))
        )

    def written(self) -> dict[str, Any]:
        """The filters in the form that a conversation keeps."""
        return {"only": list(self.only), "hide": list(self.hide), "after": self.after, "before": self.before}


@dataclass(frozen=True, slots=True)
class Screen:
    """An update of the page; None leaves a part as it is.

    `turns` are questions with their answers as HTML, the first at place `base`: those before it stay, those after the
    last one go. `box` is the text in the question box, `notice` the one sentence about what went wrong (empty: nothing
    did), `conversation` the one that is open (empty: none), `restorable` the place at which an edit can be undone;
    `done` is True once the answer is kept.
    """

    turns: Sequence[str] | None = None
    base: int = 0
    box: str | None = None
    busy: bool | None = None
    status: str | None = None
    notice: str | None = None
    conversation: str | None = None
    restorable: int | None = None
    done: bool = False

    def told(self) -> dict[str, Any]:
        """The update in the form that is sent."""
        values = ((each.name, getattr(self, each.name)) for each in fields(self))
        return {name: value for name, value in values if value is not None}


def _names(sent: object) -> tuple[str, ...]:
    names = sent if isinstance(sent, list) else []
    return tuple(dict.fromkeys(each.strip() for each in names if isinstance(each, str) and each.strip()))[:200]


def _day(sent: object) -> str | None:
    return sent.strip() or None if isinstance(sent, str) else None
