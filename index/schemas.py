"""JSON values of articles and reports, as `--json` prints them."""

from typing import Any

from index.article import article_info
from index.entries import Entry
from index.ingestion.folders import SyncReport
from index.maintenance.backup import Backup
from index.maintenance.health import CheckReport


def entry_value(entry: Entry) -> dict[str, Any]:
    """An entry of the list of articles as JSON."""
    return {**article_info(entry.article), "passages": entry.passages, "added": entry.added.isoformat()}


def sync_value(report: SyncReport) -> dict[str, Any]:
    """A sync report as JSON."""
    return {
        "added": [article_info(each) for each in report.added],
        "changed": [article_info(each) for each in report.changed],
        "corrected": [article_info(each) for each in report.corrected],
        "removed": [article_info(each) for each in report.removed],
        "same": list(report.same),
        "failed": [{"source": each.source, "reason": each.reason} for each in report.failed],
        "notes": [{"source": each.source, "reason": each.reason} for each in report.notes],
        "passed": list(report.passed),
        "unchanged": report.unchanged,
        "seconds": round(report.seconds, 3),
    }


def check_value(report: CheckReport) -> dict[str, Any]:
    """A check report as JSON."""
    return {
        "ok": report.ok,
        "articles": report.articles,
        "passages": report.passages,
        "recall": report.recall,
        "problems": list(report.problems),
    }


def backup_value(backup: Backup) -> dict[str, Any]:
    """A backup as JSON."""
    return {"file": str(backup.file), "articles": backup.articles, "bytes": backup.size}
