"""The `Index`: add, sync, remove, rebuild, check, back up (facade of the write side)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Any

from index.article import Article
from index.encoding import Encoder
from index.errors import ArticleError, VectorServerError
from index.home import PATIENCE, Home
from index.ingestion import ConfinedReader, Sync
from index.ingestion.correction import corrected
from index.ingestion.deduplication import resolve
from index.ingestion.folders import SyncReport, source_row
from index.listing import Contents
from index.maintenance import Publisher, make_anew, put_back
from index.maintenance.backup import Backup
from index.progress import Watch
from index.settings import LibrarySettings
from index.storage import Stores
from index.storage.disk_errors import says_what_the_disk_did, spoken
from index.storage.records import Arrival, Departure, SourceRow

if TYPE_CHECKING:
    from index.ingestion import FetchedPage


class Index(Contents):
    """The write side of one library: it changes what the library holds, and lists it (`Contents`).

    >>> with Index("/news/library") as index:  # doctest: +SKIP
    ...     report = index.sync(["/news/articles"])
    ...     article = index.add("https://example.org/talks.html")
    ...     [each.title for each in index.articles()]

    Opening it waits for nobody; each call that changes the library takes the library's one write lock for as long
    as it runs, and waits up to `patience` seconds for another process to let go of it (LibraryBusyError).
    """

    def __init__(
        self,
        home: str | Path | None = None,
        *,
        encoder: Encoder | None = None,
        patience: float = PATIENCE,
        fetch: "Callable[[str], FetchedPage] | None" = None,
        settings: LibrarySettings | None = None,
    ) -> None:
        """Open the library in `home`, or the default one, making it where there is none.

        Args:
            home: the library's folder; None for that of the settings.
            encoder: the encoder to share; None for that of the settings.
            patience: seconds to wait for another process that holds the write lock.
            fetch: gets the page at a URL; None for `index.ingestion.fetching.fetch`.
            settings: None for those of the environment and the settings file.

        Raises:
            LibraryError: the home cannot be used.
            SettingError: a setting is wrong.
        """
        settings = settings or LibrarySettings.read(home=home)
        self.home = Home.find(home or settings.home)
        self.encoder = encoder or Encoder(settings.embedding_model)
        self._patience = patience
        self._fetch = fetch
        with spoken(self.home):
            self.stores = Stores(self.home, self.encoder, settings.chroma)
        self.sandbox = ConfinedReader()

    def close(self) -> None:
        """Close all files, and end the process that reads articles."""
        self.sandbox.close()
        self.stores.close()

    @says_what_the_disk_did
    def sync(self, paths: Sequence[str | Path], *, progress: Watch | None = None) -> SyncReport:
        """Mirror folders and files: read what is new or changed, remove what a folder no longer holds.

        Args:
            paths: folders, with all folders in them, and single files.
            progress: called with a `Progress` for every file.

        Returns:
            a report: added, changed, removed and unchanged articles, and each file that cannot be read with its
            reason. Such a file leaves the rest alone; what the library held from it stays.

        Raises:
            LibraryError: the library cannot be written.
            LibraryBusyError: another process writes for longer than `patience`, here as in all that writes.
        """
        with self._writing() as publisher:
            return Sync(publisher, self.stores.catalog, progress, self.sandbox).run(paths)

    @says_what_the_disk_did
    def add(self, source: str | Path, *, name: str | None = None) -> Article:
        """Put one article in, from a file or a URL; what was read from there before is replaced.

        Args:
            source: the path of a file, or an address that begins with http:// or https://.
            name: what is shown as the source of a file that was uploaded, in place of its path.

        Returns:
            the library's own article: the one already there, if it has the same words or address.

        Raises:
            ArticleError: it cannot be read; the library is then as it was.
            FetchError: it cannot be fetched.
            LibraryError: the library cannot be written.
        """
        from index.ingestion import fetch
        from index.ingestion.normalising import one_line
        from index.ingestion.parsing import raw_article

        if str(source).lower().startswith(("http://", "https://")):
            page = (self._fetch or fetch)(str(source))
            article = self.sandbox.parse(raw_article(str(source), page.data, content_type=page.content_type))
            return self._put(replace(article, url=article.url or page.url))
        path = Path(source).expanduser().absolute()
        article = self.sandbox.parse(raw_article(path))
        if name is None:
            return self._put(article, source_row(path))
        shown = PureWindowsPath(name)  # which splits paths at both kinds of slash
        title = one_line(shown.stem)[:300] if article.title == path.stem else article.title
        return self._put(replace(article, source=one_line(shown.name)[:300], title=title or article.title))

    @says_what_the_disk_did
    def add_text(
        self,
        text: str,
        *,
        title: str,
        publisher: str | None = None,
        author: str | None = None,
        published: date | datetime | None = None,
        url: str | None = None,
    ) -> Article:
        """Put in an article whose text the caller already has.

        Args:
            text: the article's words.
            title: its title.
            publisher: its publisher, if known.
            author: its author, or several.
            published: its day, or the moment.
            url: its web address.

        Returns:
            the library's own article: the one already there, if it has the same words or address.

        Raises:
            ArticleError: text or title is empty, or the text is too long.
            LibraryError: the library cannot be written.
        """
        from index.ingestion.parsing import pasted_article

        return self._put(pasted_article(text, title, publisher, author, published, url))

    @says_what_the_disk_did
    def remove(self, article_id: str) -> Article:
        """Take an article out.

        Args:
            article_id: its id, or the unambiguous start of it.

        Returns:
            the article as it was.

        Raises:
            ArticleError: the library holds none with that id, or several.
            LibraryError: the library cannot be written.
        """
        with self._writing() as publisher:
            found = [row.article for row in self.stores.catalog.articles() if row.article.id.startswith(article_id)]
            if len(found) != 1 or not article_id:
                many = "several articles whose ids start" if len(found) > 1 else "no article whose id starts"
                raise ArticleError(
                    f"The library holds {many} with “{article_id}”: see the ids with `python -m index list`."
                )
            publisher.publish([], Departure(articles=(found[0].id,)))
            return found[0]

    @says_what_the_disk_did
    def correct(self, article_id: str, values: Mapping[str, Any]) -> Article:
        """Correct by hand what is known of an article; its words stay.

        Args:
            article_id: its id.
            values: what becomes of its "title", "publisher", "author", "published" or "url"; the others stay.

        Returns:
            the article as it is now.

        Raises:
            ArticleError: there is no such article, its title would be empty, or another has the address.
            LibraryError: the library cannot be written.
        """
        with self._writing() as publisher:
            row = corrected(self.stores.catalog, article_id, values)
            publisher.publish([Arrival(row)])
            return row.article

    @says_what_the_disk_did
    def rebuild(self, *, progress: Watch | None = None) -> int:
        """Make the whole index anew from the articles in the catalog.

        A change of the embedding model and an update of Talks need it as well. Questions are answered from the old
        index until the new one is whole.

        Args:
            progress: called with a `Progress` for every batch of articles.

        Returns:
            the number of passages.

        Raises:
            LibraryError: the library cannot be written.
        """
        with self._locked():
            catalog = self.stores.catalog
            self.stores.sweep_epochs()
            passages = make_anew(self.stores, catalog.generation() + 1, progress)
            self.stores.follow(catalog.generation())
            with suppress(VectorServerError):  # the next writer sweeps
                self.stores.sweep_epochs()
            return passages

    @classmethod
    def restore(
        cls,
        file: str | Path,
        home: str | Path | None = None,
        *,
        encoder: Encoder | None = None,
        patience: float = PATIENCE,
        progress: Watch | None = None,
    ) -> Backup:
        """Put a backup in the place of the library in `home`, or the default one, and make its index anew.

        The file is checked first. Until the new index is whole, questions are answered from the old library; the
        switch is one step. The library that was replaced stays beside it, as `replaced.sqlite3`.

        Args:
            file: what `backup` wrote.
            home: the library's folder; None for that of the settings.
            encoder: the encoder to share; None for that of the settings.
            patience: seconds to wait for another process that holds the write lock.
            progress: called with a `Progress` for every batch of articles.

        Returns:
            the backup: the file, the number of articles and the size in bytes.

        Raises:
            BackupError: the file is no whole backup; nothing has changed then.
            LibraryError: the home cannot be used; nothing has changed then.
        """
        settings = LibrarySettings.read(home=home)
        found = Home.find(home or settings.home)
        found.make()
        with spoken(found), found.writing(patience):
            path = Path(file).expanduser().absolute()
            return put_back(path, found, encoder or Encoder(settings.embedding_model), settings.chroma, progress)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the write lock."""
        self.stores.catalog.generation()  # otherwise taking the lock would create a home that has vanished
        with self.home.writing(self._patience):
            self.stores.writing = True
            try:
                yield
            finally:
                self.stores.writing = False

    @contextmanager
    def _writing(self) -> Iterator[Publisher]:
        """Hold the write lock, with the stores up to date and swept. Raises DamagedIndexError where one is damaged."""
        with self._locked():
            self.stores.same_encoder()
            self.stores.claim()
            self.stores.follow(self.stores.catalog.generation())
            self.stores.derived.whole()
            self.stores.sweep()
            yield Publisher(self.stores)

    def _put(self, article: Article, source: SourceRow | None = None) -> Article:
        with self._writing() as publisher:
            resolved = resolve(self.stores.catalog, article, source, newest_wins=True)
            if resolved.arrival is not None:
                gone = (resolved.departs,) if resolved.departs else ()
                publisher.publish([resolved.arrival], Departure(articles=gone))
            return resolved.article
