"""Sync: mirrors folders; new and changed files come in, and what is gone goes."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from index.article import Article
from index.errors import ArticleError
from index.ingestion.deduplication import resolve, url_key
from index.ingestion.folders import SyncReport, Versions, find, source_row
from index.ingestion.folders.report import Failure
from index.ingestion.folders.walk import Found
from index.ingestion.parsing import SLOW_SUFFIXES, ParsedArticle, RawArticle, raw_article
from index.ingestion.sandbox import ConfinedReader
from index.maintenance import Publisher
from index.progress import Progress, Watch
from index.storage import Catalog
from index.storage.records import Arrival, Departure, SourceRow, text_hash

#: Characters of articles that are published together: some seconds of embedding, so that a long sync
#: shows its articles as it goes, and a crash costs little.
BATCH = 250_000
#: Files that are sent to be read together, and their bytes: asking for each alone costs a tenth of reading it.
TOGETHER = 16
MOST_TOGETHER = 500_000


class Sync:
    """One sync, for the one who holds the write lock."""

    def __init__(self, publisher: Publisher, catalog: Catalog, watch: Watch | None, reader: ConfinedReader) -> None:
        self._publisher = publisher
        self._reader = reader
        self._catalog = catalog
        self._watch = watch
        self._batch: list[Arrival] = []
        self._texts: set[str] = set()
        self._keys: set[str | None] = set()
        self._size = 0
        self._gone: list[str] = []
        self._added: list[Article] = []
        self._changed: list[Article] = []
        self._corrected: list[Article] = []
        self._notes: list[Failure] = []
        self._versions = Versions(catalog, reader)
        self._same: list[str] = []

    def run(self, paths: Sequence[str | Path]) -> SyncReport:
        """Mirror the folders and files of `paths`."""
        began = time.monotonic()
        found = find(paths)
        sources = self._catalog.sources()
        fresh: list[tuple[Path, SourceRow]] = []
        for path in found.files:
            try:
                row = source_row(path)
            except OSError as error:
                found.failed.append(Failure(str(path), f"{path} cannot be read ({error.strerror}): check the file."))
                continue
            known = sources.get(row.source)
            if known is None or (known.size, known.modified) != (row.size, row.modified):
                fresh.append((path, row))
        for done, (path, row, reading) in enumerate(self._read(fresh)):
            self._tell(done, len(fresh), path.name)
            if isinstance(reading, ArticleError):
                found.failed.append(Failure(str(path), str(reading)))
            else:
                self._take(reading, row, row.source in sources)
                self._notes += [Failure(str(path), f"{path.name}: {note}.") for note in reading.notes]
        self._publish()
        removed = self._remove(sources, found)
        self._tell(len(fresh), len(fresh), "")
        return SyncReport(
            added=tuple(self._added),
            changed=tuple(self._changed),
            corrected=tuple(self._corrected),
            removed=tuple(removed),
            same=tuple(self._same),
            failed=tuple(found.failed),
            notes=tuple(self._notes),
            passed=tuple(map(str, found.passed)),
            unchanged=len(found.files) - len(fresh),
            seconds=time.monotonic() - began,
        )

    def _read(
        self, fresh: Sequence[tuple[Path, SourceRow]]
    ) -> Iterator[tuple[Path, SourceRow, ParsedArticle | ArticleError]]:
        """The article of each file in turn, or why there is none; small files are read some at a time."""
        for some in _portions(fresh):
            raws: list[RawArticle] = []
            errors: dict[int, ArticleError] = {}
            for place, (path, _) in enumerate(some):
                try:
                    raws.append(raw_article(path))
                except ArticleError as error:
                    errors[place] = error
            articles = iter(self._reader.read_all(raws) if raws else ())
            for place, (path, row) in enumerate(some):
                yield path, row, errors[place] if place in errors else next(articles)

    def _tell(self, done: int, total: int, name: str) -> None:
        if self._watch is not None:
            self._watch(Progress(done, total, name))

    def _take(self, reading: ParsedArticle, row: SourceRow, known: bool) -> None:
        article = reading.article
        key, hashed = url_key(article), text_hash(article.text)
        if hashed in self._texts or (key and key in self._keys):
            self._publish()  # its double is in this batch: it must be in the catalog to be recognised
        there = self._catalog.article_by_url(key) if key else None
        other = (
            there if there is not None and there.text_hash != hashed and there.article.source != row.source else None
        )
        newest = other is not None and not known and self._versions.is_newer(reading, row, other)
        resolved = resolve(self._catalog, article, row, newest_wins=newest)
        if resolved.arrival is not None:
            self._batch.append(resolved.arrival)
            self._texts.add(resolved.arrival.row.text_hash)
            self._keys.add(resolved.arrival.row.url_key)
            self._size += len(article.text)
        if resolved.departs:
            self._gone.append(resolved.departs)
        if not resolved.known:
            self._added.append(resolved.article)
        elif newest:
            self._corrected.append(resolved.article)
        elif known:
            self._changed.append(resolved.article)
        else:
            self._same.append(row.source)
        if self._size >= BATCH:
            self._publish()

    def _publish(self) -> None:
        if self._batch or self._gone:
            self._publisher.publish(self._batch, Departure(articles=tuple(self._gone)))
        self._batch, self._gone, self._size = [], [], 0
        self._texts.clear()
        self._keys.clear()

    def _remove(self, sources: dict[str, SourceRow], found: Found) -> list[Article]:
        """Drop what came from a mirrored folder and is there no more; an article that is also elsewhere stays."""
        present = {str(path) for path in found.files}
        gone = {
            source
            for source in sources
            if source not in present and any(Path(source).is_relative_to(folder) for folder in found.folders)
        }
        if not gone:
            return []
        left: dict[str, list[str]] = {}
        for row in self._catalog.sources().values():
            if row.source not in gone:
                left.setdefault(row.article, []).append(row.source)
        removed: list[Article] = []
        moved: list[Arrival] = []
        for article_id in sorted({sources[source].article for source in gone}):
            there = self._catalog.article(article_id)
            if there is None or there.article.source not in gone:
                continue
            if article_id in left:
                moved.append(Arrival(replace(there, article=replace(there.article, source=min(left[article_id])))))
            else:
                removed.append(there.article)
        self._publisher.publish(moved, Departure(tuple(each.id for each in removed), tuple(sorted(gone))))
        return removed


def _portions(fresh: Sequence[tuple[Path, SourceRow]]) -> Iterator[list[tuple[Path, SourceRow]]]:
    """Files to read together: some small ones of kinds that are quickly read, or one."""
    some: list[tuple[Path, SourceRow]] = []
    size = 0
    for path, row in fresh:
        if some and (len(some) >= TOGETHER or size + row.size > MOST_TOGETHER or path.suffix.lower() in SLOW_SUFFIXES):
            yield some
            some, size = [], 0
        some.append((path, row))
        size += row.size if path.suffix.lower() not in SLOW_SUFFIXES else MOST_TOGETHER
    if some:
        yield some
