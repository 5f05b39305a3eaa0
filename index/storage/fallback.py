"""Fallback for a damaged store: encodes passages again at question time, until a rebuild."""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from index.aliases import Floats
from index.encoding import Encoder
from index.encoding.encoder import Encoded
from index.storage.token_index import Tokens

if TYPE_CHECKING:
    from index.storage.records import PassageOfArticle

#: Passages that stay encoded in memory; each takes some 300 KB.
_KEPT = 200


class _Library(Protocol):
    encoder: Encoder

    def with_articles(self, numbers: Sequence[int]) -> "Mapping[int, PassageOfArticle]": ...

    def project(self, vectors: Floats) -> Floats: ...


class StandIn:
    """Embeddings and word pieces' vectors of passages, made from their words; some 30 passages a second."""

    def __init__(self, library: _Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._made: OrderedDict[int, Encoded] = OrderedDict()
        self.counts: dict[str, int] = {}

    def clear(self) -> None:
        """Forget all encodings, as the library has changed."""
        with self._lock:
            self._made.clear()
            self.counts.clear()

    def vectors(self, numbers: Sequence[int]) -> dict[int, Floats]:
        """The embeddings of the given passages."""
        return {number: each.vector for number, each in self._encoded(numbers).items()}

    def tokens(self, numbers: Sequence[int]) -> Tokens:
        """The word pieces' vectors of the given passages."""
        made = {n: (self._library.project(each.tokens), each.spans) for n, each in self._encoded(numbers).items()}
        return Tokens.joined(made)

    def _encoded(self, numbers: Sequence[int]) -> dict[int, Encoded]:
        with self._lock:
            found = {number: self._made[number] for number in numbers if number in self._made}
        whole = self._library.with_articles([number for number in numbers if number not in found])
        texts = [each.article.text[each.row.start : each.row.end] for each in whole.values()]
        fresh = dict(zip(whole, self._library.encoder.encode(texts), strict=True))
        with self._lock:
            self._made.update(fresh)
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)
        return found | fresh
