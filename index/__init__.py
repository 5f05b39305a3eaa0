"""The write side of Talks: read articles, cut them into passages, embed them, publish them."""

from index.article import Article
from index.backup import Backup, BackupError
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
from index.health import CheckReport
from index.library import Entry, Index
from index.syncing import Failure, Progress, SyncReport

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
    "OtherEncoderError",
    "Progress",
    "QuestionError",
    "SettingError",
    "SyncReport",
    "TalksError",
    "VectorServerError",
]
