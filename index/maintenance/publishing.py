"""Publication of a generation: atomic, so that a crash leaves the old library or the new one.

New passages go into the derived stores first, where nobody finds them because the catalog does not hold
them; one transaction in the catalog then makes them the library; what is stale is deleted after that. Which
numbers are on their way is noted beforehand, so that the next writer can clear away what a crash has left.
"""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

import numpy as np

from index.article import Article
from index.encoding import Encoder, cut
from index.maintenance.announcing import announce
from index.storage import Catalog, Stores
from index.storage.bm25_index import PassageWords
from index.storage.derived import Derived
from index.storage.records import Arrival, Departure, PassageRow, text_hash
from index.storage.token_index import principal_directions
from index.storage.vectors.base import Vector

log = logging.getLogger("talks")
#: Passages encoded at a time; their word pieces' full vectors are in memory until they are packed.
PORTION = 256


@dataclass(slots=True)
class _Plan:
    """One article's passages, and which of them must be written."""

    article: Article
    passages: list[PassageRow] = field(default_factory=list)
    fresh: list[PassageRow] = field(default_factory=list)


def passages_of(article: Article, encoder: Encoder) -> list[PassageRow]:
    """Cut an article in passages, each numbered by a hash of its words and of all that is indexed with them."""
    about = f"{article.id}\0{article.title}\0{article.publisher}\0{article.published}"
    seen: dict[str, int] = {}
    rows = []
    for span in cut(article.text, encoder.pieces, encoder.limit, (article.language or "en")[:2].lower()):
        hashed = text_hash(article.text[span.start : span.end])
        again = seen[hashed] = seen.get(hashed, -1) + 1
        digest = hashlib.sha256(f"{about}\0{hashed}\0{again}".encode()).digest()
        number = int.from_bytes(digest[:8], "big") >> 1  # SQLite's integers are signed
        rows.append(PassageRow(number, article.id, span.start, span.end, span.sentences, hashed))
    return rows


class Publisher:
    """Writes to the stores of one library; the caller holds the write lock."""

    def __init__(self, stores: Stores) -> None:
        self.stores = stores
        self.encoder = stores.encoder

    def publish(
        self,
        arrivals: Sequence[Arrival],
        departures: Departure = Departure(),
        progress: Callable[[int], object] | None = None,
    ) -> None:
        """Publish one new generation of the library, in whole or not at all.

        `progress` is called with the number of passages embedded since the last call.
        """
        catalog, derived = self.stores.catalog, self.stores.derived.whole()
        plans = [self._plan(arrival, catalog) for arrival in arrivals]
        fresh = [(plan.article, row) for plan in plans for row in plan.fresh]
        stale = self._stale(catalog, plans, departures)
        with catalog.transaction():
            catalog.set_pending([*(row.number for _, row in fresh), *stale])
        derived.break_seals(self.stores.identity)
        self.write(derived, fresh, catalog, progress)
        with catalog.transaction():
            for article_id in departures.articles:
                catalog.delete_article(article_id)
            for source in departures.sources:
                catalog.delete_source(source)
            for arrival, plan in zip(arrivals, plans, strict=True):
                catalog.put_article(arrival.row)
                catalog.put_passages(plan.article.id, plan.passages)
                if arrival.source is not None:
                    catalog.put_source(arrival.source)
            if catalog.meta("fingerprint") is None:
                catalog.set_meta("fingerprint", self.stores.fingerprint())
                self.stores.place.sign()
            catalog.publish()
            generation = catalog.generation()
        derived.vectors.written(generation)
        try:
            derived.drop(stale)
            with catalog.transaction():
                catalog.clear_pending()
            derived.seal(self.stores.identity, generation)
        except Exception as error:  # the new generation is published; the next writer sweeps the stale passages
            log.warning("What was published has left something behind: %s", error)
        announce(self.stores.home, [plan.article for plan in plans], departures.articles)

    def write(
        self,
        derived: Derived,
        fresh: Sequence[tuple[Article, PassageRow]],
        catalog: Catalog | None,
        progress: Callable[[int], object] | None = None,
    ) -> None:
        """Put passages in the derived stores; those whose words the `catalog` knows are not embedded again."""
        if not fresh:
            return
        self.fix_directions(derived)
        vectors: dict[int, Vector] = {}
        known = {} if catalog is None else catalog.passages_by_text(row.text_hash for _, row in fresh)
        held = derived.vectors.vectors(sorted(set(known.values()))) if known else {}
        held_tokens = derived.tokens.numbers_among(sorted(held))
        copies = []
        for article, row in fresh:
            old = known.get(row.text_hash)
            if old is not None and old in held and old in held_tokens:
                vectors[row.number] = Vector(row.number, article, held[old])
                copies.append((row.number, old))
        derived.tokens.copy(copies)
        if progress is not None and copies:
            progress(len(copies))
        wanted = [(article, row) for article, row in fresh if row.number not in vectors]
        for first in range(0, len(wanted), PORTION):
            some = wanted[first : first + PORTION]
            encoded = self.encoder.encode([a.text[row.start : row.end] for a, row in some], progress=progress)
            derived.tokens.write(
                (row.number, each.vector, each.tokens, each.spans) for (_, row), each in zip(some, encoded, strict=True)
            )
            for (article, row), each in zip(some, encoded, strict=True):
                vectors[row.number] = Vector(row.number, article, each.vector)
        derived.vectors.write(list(vectors.values()))
        derived.words.write(
            PassageWords(row.number, article, article.text[row.start : row.end]) for article, row in fresh
        )

    def fix_directions(self, derived: Derived) -> None:
        """Choose the directions of the word-piece vectors that are kept, from a text that always exists: the brief."""
        if derived.tokens.projection is None:
            brief = "\n\n".join(each.read_text("utf-8") for each in files("index").joinpath("articles").iterdir())
            rows = cut(brief, self.encoder.pieces, self.encoder.limit)
            encoded = self.encoder.encode([brief[row.start : row.end] for row in rows])
            derived.tokens.fix(principal_directions(np.concatenate([each.tokens for each in encoded])))

    def _plan(self, arrival: Arrival, catalog: Catalog) -> _Plan:
        article = arrival.row.article
        passages = passages_of(article, self.encoder)
        there = catalog.passages_of(row.number for row in passages)
        return _Plan(article, passages, [row for row in passages if row.number not in there])

    def _stale(self, catalog: Catalog, plans: Sequence[_Plan], departures: Departure) -> list[int]:
        kept = {row.number for plan in plans for row in plan.passages}
        touched = [*(plan.article.id for plan in plans), *departures.articles]
        return sorted({row.number for each in touched for row in catalog.passages_of_article(each)} - kept)
