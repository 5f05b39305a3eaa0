"""The contents of a library: its articles in lists, in an order, with how many there are."""

from index.article import Article
from index.closing import Closing
from index.entries import Entry, Listing
from index.errors import ArticleError
from index.filters import Filter
from index.home import Home
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
        """The article of that id. Raises ArticleError where the library holds none."""
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
        """Up to `most` articles from the `first` on with these words, in any case, in title or publisher.

        `order` is one of "newest", "oldest", "title", "publisher" and "added"; `where` leaves others out.
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
