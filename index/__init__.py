"""The write side of Talks: ingestion, chunking, embedding and publication of articles."""

import os
from typing import TYPE_CHECKING

from index.lazy import exports

# ONNX Runtime notes and sends what it is used for, unless this is set before anything imports it; its own switch,
# disable_telemetry_events, comes too late. Nothing leaves this machine.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

if TYPE_CHECKING:
    from index.article import Article
    from index.entries import Entry, Listing
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
    from index.ingestion.folders import SyncReport
    from index.ingestion.folders.report import Failure
    from index.library import Index
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

_ERRORS = [name for name in __all__ if name.endswith("Error") and name != "BackupError"]

__getattr__ = exports(
    __name__,
    {
        **dict.fromkeys(_ERRORS, "errors"),
        "Article": "article",
        "Backup": "maintenance.backup",
        "BackupError": "maintenance.backup",
        "CheckReport": "maintenance.health",
        "Entry": "entries",
        "Failure": "ingestion.folders.report",
        "Index": "library",
        "Listing": "entries",
        "Progress": "progress",
        "SyncReport": "ingestion.folders.report",
    },
)
