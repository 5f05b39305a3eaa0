"""Ingestion: files and web pages become articles, parsed in a sandbox, without duplicates."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from index.ingestion.fetching import FetchedPage, fetch
    from index.ingestion.parsing import ARTICLE_SUFFIXES
    from index.ingestion.sandbox import ConfinedReader
    from index.ingestion.sync import Sync

__all__ = ["ARTICLE_SUFFIXES", "ConfinedReader", "FetchedPage", "Sync", "fetch"]

__getattr__ = exports(
    __name__,
    {
        "ARTICLE_SUFFIXES": "parsing",
        "ConfinedReader": "sandbox",
        "FetchedPage": "fetching",
        "Sync": "sync",
        "fetch": "fetching",
    },
)
