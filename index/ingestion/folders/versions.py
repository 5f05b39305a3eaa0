"""Versions of one article: which of two files with the same address holds the newer words."""

from datetime import UTC, date, datetime, time
from pathlib import Path

from index.article import Article
from index.errors import ArticleError
from index.ingestion.parsing import ParsedArticle, raw_article
from index.ingestion.sandbox import ConfinedReader
from index.storage import Catalog
from index.storage.records import ArticleRow, SourceRow


class Versions:
    """Compares what was read with what the library holds; asked only where both have one address and other words."""

    def __init__(self, catalog: Catalog, reader: ConfinedReader) -> None:
        self._catalog = catalog
        self._reader = reader

    def is_newer(self, reading: ParsedArticle, row: SourceRow, there: ArticleRow) -> bool:
        """Whether the words of `reading`, from the file `row`, are newer than those that are `there`.

        The day on which a page says that it was changed decides, or came out; where these say nothing, or the same, the
        time of the file does. What the library holds from no file is as old as the day on which it came in.
        """
        new, old = _moment(reading.modified, reading.article), self._moment_of(there.article)
        if new is not None and old is not None and new != old:
            return new > old
        held = self._catalog.source(there.article.source)
        came = held.modified if held is not None else int(there.added.timestamp() * 1_000_000_000)
        return row.modified > came

    def _moment_of(self, article: Article) -> datetime | None:
        """When the words that the library holds were changed: their file is read once more, as it alone says so."""
        path = Path(article.source)
        try:
            if path.is_absolute() and path.is_file():
                (found,) = self._reader.read_all([raw_article(path)])
                if isinstance(found, ParsedArticle):
                    return _moment(found.modified, article)
        except (ArticleError, OSError):
            pass
        return _moment(None, article)


def _moment(modified: date | datetime | None, article: Article) -> datetime | None:
    said = modified or article.published
    if said is None:
        return None
    moment = said if isinstance(said, datetime) else datetime.combine(said, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
