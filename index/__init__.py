"""The write side of Talks: ingestion, chunking, embedding and publication of articles."""

import os
from importlib import import_module
from typing import TYPE_CHECKING

# ONNX Runtime notes and sends what it is used for, unless this is set before anything imports it; its own switch,
# disable_telemetry_events, comes too late. Nothing leaves this machine.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

if TYPE_CHECKING:
    from index.article import Article
    from index.errors import (
        ArticleError,
        DamagedIndexError,
        FetchError,
        LibraryBusyError,
        LibraryError,
        OtherEncoderError,
        QuestionError,
        SettingError,
        TalksError,
        VectorServerError,
    )
    from index.ingestion.sync import Failure, SyncReport
    from index.library import Entry, Index, Listing
    from index.maintenance.backup import Backup, BackupError
    from index.maintenance.health import CheckReport
    from index.progress import Progress


__all__ = [
    "Article",
    "ArticleError",
    "Backup",
    "BackupError",
    "CheckReport",
    "DamagedIndexError",
    "Entry",
    "Failure",
    "FetchError",
    "Index",
    "LibraryBusyError",
    "LibraryError",
    "Listing",
    "OtherEncoderError",
    "Progress",
    "QuestionError",
    "SettingError",
    "SyncReport",
    "TalksError",
    "VectorServerError",
]

_MODULES = (
    "index.article",
    "index.errors",
    "index.progress",
    "index.maintenance.backup",
    "index.maintenance.health",
    "index.ingestion.sync",
    "index.library",
)


def __getattr__(name: str) -> object:
    """Each name when it is first asked for: what reads articles in a process of its own needs few of them."""
    if name in __all__:
        for module in _MODULES:
            found: object = getattr(import_module(module), name, None)
            if found is not None:
                globals()[name] = found
                return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
