"""Temporal expressions: words of time, and the days that they name in an article or in a question."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.language.times.resolving import days_of, event_day

__all__ = ["days_of", "event_day"]

__getattr__ = exports(__name__, {"days_of": "resolving", "event_day": "resolving"})
