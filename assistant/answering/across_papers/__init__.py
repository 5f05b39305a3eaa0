"""Across papers: what several papers print alike, and where they differ."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.answering.across_papers.contrasts import contrasts_of
    from assistant.answering.across_papers.same_words import merged

__all__ = ["contrasts_of", "merged"]

__getattr__ = exports(__name__, {"contrasts_of": "contrasts", "merged": "same_words"})
