"""The contents of a library: lists of its articles and publishers, the half of `Index` that changes nothing."""

from pathlib import Path

from index.article import Article
from index.closing import Closing
from index.entries import Entry, Listing
from index.errors import ArticleError
from index.filters import Filter
from index.home import Home
from index.maintenance import back_up, examine
from index.maintenance.backup import Backup
from index.maintenance.health import CheckReport
from index.storage import Holdings, Stores
from index.storage.disk_errors import says_what_the_disk_did
from index.storage.listing import Order


class Contents(Closing):
    """The part of `Index` that tells what a library holds, and changes nothing."""

    home: Home
    stores: Stores

    @says_what_the_disk_did
    def articles(self) -> list[Article]:
        """Every article in the library, newest first, those without a date last."""
        return [row.article for row in self.stores.catalog.articles()]

    @says_what_the_disk_did
    def article(self, article_id: str) -> Article:
        """The article of that id.

        Raises:
            ArticleError: the library holds none.
        """
        row = self.stores.catalog.article(article_id)
        if row is None:
            raise ArticleError(f"The library holds no article with the id “{article_id[:80]}”: see `talks list`.")
        return row.article

    @says_what_the_disk_did
    def entries(self) -> list[Entry]:
        """Every article with when it came in and how many passages it has, newest first."""
        counts = self.stores.catalog.passage_counts()
        rows = self.stores.catalog.articles()
        return [Entry(row.article, row.added, counts.get(row.article.id, 0)) for row in rows]

    @says_what_the_disk_did
    def listing(
        self,
        words: str = "",
        most: int = 200,
        *,
        first: int = 0,
        order: Order = "newest",
        where: Filter = Filter(),
    ) -> Listing:
        """Some of the articles.

        Args:
            words: words that title or publisher hold, in any case; all articles without.
            most: how many articles at most.
            first: how many to leave out before them.
            order: one of "newest", "oldest", "title", "publisher" and "added".
            where: a filter that leaves others out.

        Returns:
            the articles, with how many there are of these and how many the library holds.
        """
        catalog = self.stores.catalog
        with catalog.snapshot():
            ids = catalog.matching(words, order, where)
            shown = ids[first : first + most]
            rows, counts = catalog.rows_of(shown), catalog.passage_counts()
            total = catalog.article_count()
        entries = (Entry(rows[each].article, rows[each].added, counts.get(each, 0)) for each in shown)
        return Listing(tuple(entries), len(ids), total)

    @says_what_the_disk_did
    def publishers(self) -> list[str]:
        """The names of all publishers, in order."""
        return self.stores.catalog.publishers()

    @says_what_the_disk_did
    def publisher_counts(self) -> dict[str, int]:
        """How many articles each publisher has, by its name."""
        return self.stores.catalog.publisher_counts()

    @says_what_the_disk_did
    def holdings(self, where: Filter = Filter()) -> Holdings:
        """A summary of the articles that pass: how many, of which publishers, from when to when."""
        return self.stores.catalog.holdings(where)

    @says_what_the_disk_did
    def generation(self) -> int:
        """How often the library has been published; 0 for one that never held anything."""
        return self.stores.catalog.generation()

    @says_what_the_disk_did
    def backup(self, file: str | Path) -> Backup:
        """Write the library into one file, while others ask and write; a backup that is there is replaced in one step.

        Conversations and accounts are not in it, nor is what a rebuild makes anew.

        Args:
            file: the file to write, in a folder that is there.

        Returns:
            the file, the number of articles and the size in bytes.

        Raises:
            BackupError: the file cannot be written.
        """
        return back_up(self.stores.catalog, self.home, Path(file).expanduser().absolute())

    @says_what_the_disk_did
    def check(self, *, sample: int = 200) -> CheckReport:
        """Check whether the library is whole: counts agree, every offset holds, and the vectors are found.

        Args:
            sample: how many passages' nearest neighbours are compared with exact search.

        Returns:
            a report with one sentence for each problem.

        Raises:
            LibraryError: the library cannot be read.
        """
        return examine(self.stores, sample)
