"""Makes libraries of any size for measuring: `python tests/benchmarks/made.py FOLDER 1000,100000 [ARTICLES ...]`.

Encoding a hundred thousand passages takes half an hour, so none are encoded here. Sentences are: those of the named
articles, or, where none are named, of the shipped brief and of a generator. A made article takes most of its sentences
from one real one, so that passages lie in clusters as they do in real libraries; a passage's word pieces are those of
its sentences, and its embedding is their mean, as the encoder itself pools. All of it goes in through the project's own
stores, so `python -m index check` finds a made library whole. Word counts grow as in one much repeated corpus: more
passages hold a rare word than in a real library of that size, which makes the search by words slower, never quicker.
"""

import hashlib
import json
import os
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from itertools import product
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from numpy.typing import NDArray

from index.article import Article
from index.encoding.chunking import AIMED_WORDS, MOST_WORDS, sentences
from index.encoding.encoder import Encoder
from index.errors import ArticleError
from index.home import Home
from index.ingestion.folders.walk import article_files, source_row
from index.ingestion.parsing import read_article
from index.maintenance.publishing import Publisher
from index.storage.bm25_index import PassageWords
from index.storage.derived import Derived
from index.storage.records import ArticleRow, PassageRow, text_hash
from index.storage.stores import Stores
from index.storage.token_index import packed_spans, packed_vectors
from index.storage.vectors.base import Vector

#: Passages in a made article.
PASSAGES = 5
#: Articles written at a time.
PORTION = 2_000
#: The share of sentences that come from another article than the rest.
STRAY = 0.1
#: Of larger libraries, no files are written.
MOST_FILES = 100_000
MOST_SENTENCES = 8_000
PUBLISHERS = 120

WHO = (
    "Umerov|Medinsky|Witkoff|Kushner|Zelenskyy|Putin|Rubio|Lavrov|Budanov|Peskov|Macron|Merz|Starmer|Erdogan|Grossi|"
    "The Kremlin|The White House|Kyiv's delegation|A senior diplomat|The Turkish hosts"
).split("|")
_SAID = "said that|denied that|warned that|insisted that|told reporters that|wrote that|doubted whether".split("|")
WHAT = (
    "the exchange of prisoners|a ceasefire along the front line|the future of the nuclear plant|control of the Donbas|"
    "security guarantees from Washington|frozen assets in Brussels|the election in wartime|the monitoring mission|"
    "the grain corridor|air defence for the cities|the return of deported children|sanctions on oil tankers|"
    "a meeting of the two presidents|the shelling of the power grid"
).split("|")
_WHEN = (
    "would be settled before the spring|had come no closer in Geneva|was discussed for six hours on Tuesday|"
    "would go to a working group in Abu Dhabi|could not be part of any document|was agreed in principle|"
    "would need the consent of parliament|depended on the next round in Istanbul|had cost 1,200 lives in a month"
).split("|")


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """A sentence, encoded once: `vector` is its embedding, `spans` and `packed` its word pieces as they are stored."""

    text: str
    vector: NDArray[np.float32]
    spans: NDArray[np.int64]
    packed: bytes


def generated() -> Iterator[list[str]]:
    """Plausible sentences, those about one matter together."""
    for what in WHAT:
        yield [f"{who} {said} {what} {when}." for who, said, when in product(WHO, _SAID, _WHEN)][::7]


def topics(folders: Sequence[Path]) -> list[list[str]]:
    """Sentences by the article that they are from."""
    found = []
    brief = [Path(str(each)) for each in files("index").joinpath("articles").iterdir()]
    for path in [each for folder in folders for each in article_files(folder)] or brief:
        try:
            text = read_article(path).text
        except ArticleError:
            continue
        found.append([text[a:b] for a, b in sentences(text) if 5 <= len(text[a:b].split()) <= 60])
    found = [each for each in found if len(each) >= PASSAGES] + ([] if folders else list(generated()))
    random.Random(1).shuffle(found)
    kept, room = [], MOST_SENTENCES
    for each in found:
        if room > 0:
            kept.append(each[:room])
            room -= len(each)
    return kept


def encoded(stores: Stores, derived: Derived, wanted: list[list[str]]) -> list[list[Encoded]]:
    """Every sentence with its vectors."""
    Publisher(stores).fix_directions(derived)
    flat = [text for each in wanted for text in each]
    made: list[Encoded] = []
    for first in range(0, len(flat), 1024):
        some = flat[first : first + 1024]
        for text, each in zip(some, stores.encoder.encode(some), strict=True):
            packed = packed_vectors(derived.tokens.project(each.tokens))
            made.append(Encoded(text, each.vector, np.asarray(each.spans, dtype=np.int64), packed))
    rest = iter(made)
    return [[next(rest) for _ in each] for each in wanted]


def publisher(chosen: random.Random) -> str:
    """A newspaper's name; some have far more articles than others."""
    place = min(PUBLISHERS - 1, int(chosen.paretovariate(0.7)) - 1)
    town, kind = "Geneva Kyiv Vienna Ankara Oslo Delhi Lagos Lima Seoul Perth".split(), "Post Times Herald Courier Wire"
    kinds = kind.split()
    return f"{town[place % 10]} {kinds[place // 10 % 5]}" + (f" {place // 50 + 1}" if place >= 50 else "")


def passage(chosen: random.Random, pool: list[list[Encoded]], topic: list[Encoded]) -> list[Encoded]:
    """Sentences up to the length of a passage."""
    taken: list[Encoded] = []
    words = pieces = 0
    while True:
        next_ = chosen.choice(chosen.choice(pool) if chosen.random() < STRAY else topic)
        words += len(next_.text.split())
        pieces += len(next_.spans)
        if taken and (words > MOST_WORDS or pieces > 250):
            return taken
        taken.append(next_)
        if words >= AIMED_WORDS:
            return taken


def make(folder: Path, sizes: Sequence[int], articles: Sequence[Path], encoder: Encoder) -> None:
    """Make a library of each size that is not there yet, in `folder`/SIZE, its articles as files in there as well."""
    pool: list[list[Encoded]] = []
    for size in sizes:
        home = Home(folder / str(size))
        if (home.folder / "made").exists():
            continue
        stores = Stores(home, encoder)
        derived = stores.derived
        pool = pool or encoded(stores, derived, topics(articles))
        Publisher(stores).fix_directions(derived)
        chosen = random.Random(size)
        count = -(-size // PASSAGES)
        for first in range(0, count, PORTION):
            portion = [_article(chosen, pool, number) for number in range(first, min(count, first + PORTION))]
            if size <= MOST_FILES:
                portion = [(_written(article, home.folder / "files"), parts) for article, parts in portion]
            _put(stores, derived, portion)
            print(f"{min(count, first + PORTION) * PASSAGES:,} of {size:,} passages", file=sys.stderr, flush=True)
        derived.seal(stores.identity, stores.catalog.generation())
        stores.close()
        (home.folder / "made").touch()


def _article(chosen: random.Random, pool: list[list[Encoded]], number: int) -> tuple[Article, list[list[Encoded]]]:
    topic = chosen.choice(pool)
    parts = [passage(chosen, pool, topic) for _ in range(PASSAGES)]
    text = "\n\n".join(" ".join(each.text for each in part) for part in parts)
    day = date(2023, 1, 1) + timedelta(days=chosen.randrange(1_200))
    title = " ".join(chosen.choice(topic).text.split()[:9]).rstrip(".,;:")
    return Article(f"{number:016x}", title, text, f"made/{number}.txt", publisher(chosen), None, day), parts


def _written(article: Article, folder: Path) -> Article:
    path = folder / article.id[-4:-2] / f"{article.id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    title, published = json.dumps(article.title), article.published
    about = f"---\ntitle: {title}\npublisher: {article.publisher}\npublished: {published}\n---\n"
    path.write_text(about + article.text, encoding="utf-8")
    return Article(article.id, article.title, article.text, str(path), article.publisher, None, article.published)


def _put(stores: Stores, derived: Derived, portion: list[tuple[Article, list[list[Encoded]]]]) -> None:
    vectors, words, tokens, rows = [], [], [], []
    for article, parts in portion:
        start, mine = 0, []
        for part in parts:
            spans, pieces, at = [], [], start
            for each in part:
                spans.append((at, at + len(each.text)))
                pieces.append(each.spans + (at - start))
                at += len(each.text) + 1
            end = at - 1
            hashed = text_hash(article.text[start:end])
            digest = hashlib.sha256(f"{article.id}\0{start}\0{hashed}".encode()).digest()
            number = int.from_bytes(digest[:8], "big") >> 1
            mine.append(PassageRow(number, article.id, start, end, tuple(spans), hashed))
            mean = sum(len(each.spans) * each.vector for each in part)
            vector = np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)
            vectors.append(Vector(number, article, vector))
            words.append(PassageWords(number, article, article.text[start:end]))
            packed = b"".join(each.packed for each in part)
            tokens.append((number, vector, packed_spans(np.concatenate(pieces)), packed))
            start = end + 2
        rows.append((article, mine))
    derived.tokens.write_packed(tokens)
    derived.vectors.write(vectors)
    derived.words.write(words)
    catalog = stores.catalog
    with catalog.transaction():
        for article, mine in rows:
            catalog.put_article(ArticleRow(article, text_hash(article.text), None, datetime.now(UTC)))
            catalog.put_passages(article.id, mine)
            if Path(article.source).is_file():
                catalog.put_source(source_row(Path(article.source), article.id))
        if catalog.meta("fingerprint") is None:
            catalog.set_meta("fingerprint", stores.fingerprint())
        catalog.publish()


if __name__ == "__main__":
    wanted_sizes = [int(each) for each in sys.argv[2].split(",")]
    make(Path(sys.argv[1]).absolute(), wanted_sizes, [Path(each) for each in sys.argv[3:]], Encoder())
