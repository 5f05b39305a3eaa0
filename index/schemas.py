"""Articles and reports as plain values, the way `--json` prints them."""

from typing import Any

from typing_extensions import TypedDict  # typing's own cannot be read by pydantic before Python 3.12

from index.article import Article
from index.ingestion.sync import SyncReport
from index.library import Entry
from index.maintenance.backup import Backup
from index.maintenance.health import CheckReport


class ArticleInfo(TypedDict):
    """An article without its text. `published` is like 2026-02-18, with a time where there is one."""

    id: str
    title: str
    publisher: str | None
    author: str | None
    published: str | None
    url: str | None
    language: str | None
    source: str


def article_value(article: Article) -> ArticleInfo:
    """An article without its text."""
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published": None if article.published is None else article.published.isoformat(),
        "url": article.url,
        "language": article.language,
        "source": article.source,
    }


def entry_value(entry: Entry) -> dict[str, Any]:
    """A line of the list of articles."""
    return {**article_value(entry.article), "passages": entry.passages, "added": entry.added.isoformat()}


def sync_value(report: SyncReport) -> dict[str, Any]:
    """What a sync did."""
    return {
        "added": [article_value(each) for each in report.added],
        "changed": [article_value(each) for each in report.changed],
        "removed": [article_value(each) for each in report.removed],
        "same": list(report.same),
        "failed": [{"source": each.source, "reason": each.reason} for each in report.failed],
        "unchanged": report.unchanged,
        "seconds": round(report.seconds, 3),
    }


def check_value(report: CheckReport) -> dict[str, Any]:
    """What a check found."""
    return {
        "ok": report.ok,
        "articles": report.articles,
        "passages": report.passages,
        "recall": report.recall,
        "problems": list(report.problems),
    }


def backup_value(backup: Backup) -> dict[str, Any]:
    """A backup as JSON tells it."""
    return {"file": str(backup.file), "articles": backup.articles, "bytes": backup.size}
