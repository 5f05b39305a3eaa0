"""The list of a library's articles: some of them, in an order, with how many there are."""

from index.entries import Entry, Listing
from index.filters import Filter
from index.storage import Catalog
from index.storage.listing import Order


def listed(catalog: Catalog, words: str, first: int, most: int, order: Order, where: Filter) -> Listing:
    """`most` articles from the `first` on that match; the texts of all others stay unread."""
    with catalog.snapshot():
        ids = catalog.matching(words, order, where)
        shown = ids[first : first + most]
        rows, counts = catalog.rows_of(shown), catalog.passage_counts()
        total = catalog.article_count()
    entries = (Entry(rows[each].article, rows[each].added, counts.get(each, 0)) for each in shown)
    return Listing(tuple(entries), len(ids), total)
