"""Full rebuild: a new index beside the one in use, which it replaces when it is whole."""

from bisect import bisect_right
from collections.abc import Sequence

from index.maintenance.publishing import Publisher, passages_of
from index.progress import Progress, Watch
from index.storage import Stores
from index.storage.derived import Derived
from index.storage.records import ArticleRow, PassageRow

#: Passages that are written at a time.
_PORTION = 1_000


class _Told:
    """Tells how many articles are done: those whose passages are all embedded, which is what takes the time."""

    def __init__(self, rows: Sequence[ArticleRow], watch: Watch | None) -> None:
        self._rows = rows
        self._watch = watch
        self._ends: list[int] = []
        self._embedded = 0
        self._done = -1
        self.embedded(0)

    def cut(self, passages: int) -> None:
        """The next article has that many passages."""
        self._ends.append((self._ends[-1] if self._ends else 0) + passages)

    def embedded(self, passages: int) -> None:
        """That many more passages are embedded."""
        self._embedded += passages
        done = bisect_right(self._ends, self._embedded)
        if self._watch is not None and done > self._done and done < len(self._rows):
            self._watch(Progress(done, len(self._rows), self._rows[done].article.title))
        self._done = max(done, self._done)

    def whole(self) -> None:
        """The new index is the one in use."""
        if self._watch is not None:
            self._watch(Progress(len(self._rows), len(self._rows)))


def make_anew(stores: Stores, generation: int, progress: Watch | None = None) -> int:
    """Fill the stores of the next epoch, and make them the index of the catalog in one transaction, which is its next
    `generation`; the number of passages comes back. The caller holds the write lock."""
    catalog = stores.catalog
    rows = catalog.articles()
    epoch = stores.epoch + 1
    vectors = stores.place.prepare(epoch)
    derived = Derived(stores.home, epoch, lambda: vectors).whole()
    publisher = Publisher(stores)
    cut: dict[str, list[PassageRow]] = {}
    portion = []
    try:
        told = _Told(rows, progress)
        for row in rows:
            cut[row.article.id] = passages_of(row.article, stores.encoder)
            told.cut(len(cut[row.article.id]))
            portion += [(row.article, passage) for passage in cut[row.article.id]]
            if len(portion) >= _PORTION:
                publisher.write(derived, portion, None, told.embedded)
                portion = []
        publisher.write(derived, portion, None, told.embedded)
    finally:
        derived.close()
    derived.seal(stores.identity, generation)
    with catalog.transaction():
        for article_id, passages in cut.items():
            catalog.put_passages(article_id, passages)
        catalog.set_meta("epoch", str(epoch))
        stores.place.settle(epoch, vectors)
        catalog.set_meta("fingerprint", stores.fingerprint())
        catalog.set_meta("generation", str(generation))
        catalog.clear_pending()
    told.whole()
    return sum(len(passages) for passages in cut.values())
