"""Mirrored folders: which files in them hold articles, which of two versions is newer, and what a sync reports."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from index.ingestion.folders.report import SyncReport, passed_over
    from index.ingestion.folders.versions import Versions
    from index.ingestion.folders.walk import find, source_row

__all__ = ["SyncReport", "Versions", "find", "passed_over", "source_row"]

__getattr__ = exports(
    __name__,
    {"SyncReport": "report", "Versions": "versions", "find": "walk", "passed_over": "report", "source_row": "walk"},
)
