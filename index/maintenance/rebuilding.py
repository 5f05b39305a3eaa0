"""Full rebuild: a new index beside the one in use, which it replaces when it is whole."""

from index.maintenance.publishing import Publisher, passages_of
from index.progress import Progress, Watch
from index.storage import Stores
from index.storage.derived import Derived
from index.storage.records import PassageRow

#: Passages that are written at a time.
_PORTION = 1_000


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
        for done, row in enumerate(rows):
            if progress is not None:
                progress(Progress(done, len(rows), row.article.title))
            cut[row.article.id] = passages_of(row.article, stores.encoder)
            portion += [(row.article, passage) for passage in cut[row.article.id]]
            if len(portion) >= _PORTION:
                publisher.write(derived, portion, None)
                portion = []
        publisher.write(derived, portion, None)
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
    if progress is not None:
        progress(Progress(len(rows), len(rows)))
    return sum(len(passages) for passages in cut.values())
