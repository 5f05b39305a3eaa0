"""What syncing and asking cost beside the bare encoder: `python tests/benchmarks/bench_costs.py [ARTICLE ...]`.

Prints ratios, each from one run on the same texts, with the rounds of both sides in turn: how quickly a sync embeds
against a bare `SentenceTransformer.encode`, how long a sync of 1,000 unchanged articles takes, `retrieve` against the
bare encoding of its question (medians of 200, one thread), and the median of `ask`.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
sys.path.insert(0, str(Path(__file__).parents[2]))

from sentence_transformers import SentenceTransformer

from assistant import Assistant
from index import Index
from index.encoding.encoder import Encoder

ROUNDS = 3
ASKED = 200
QUESTIONS = (
    "Who led Russia's delegation in Geneva?",
    "What did Rustem Umerov say about progress?",
    "What is left open about the Zaporizhzhia plant?",
    "What has Putin threatened?",
    "Why does Kyiv want security guarantees?",
)


def timed(work: Callable[[], object]) -> float:
    """How many seconds it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def invented(folder: Path, count: int, words: int = 420) -> None:
    """Articles of words in no order, with the words of the brief and the length of the news."""
    chosen = random.Random(7)
    brief = next(each for each in files("index").joinpath("articles").iterdir() if each.name.endswith(".md"))
    vocabulary = brief.read_text("utf-8").split()
    for i in range(count):
        sentences = [" ".join(chosen.choices(vocabulary, k=18)).capitalize() + "." for _ in range(words // 18)]
        paragraphs = [" ".join(sentences[first : first + 3]) for first in range(0, len(sentences), 3)]
        (folder / f"{i:04}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")


def main() -> None:
    """Measure, and print the ratios."""
    encoder = Encoder()
    encoder.load()
    bare = SentenceTransformer(str(encoder.folder), device="cpu")
    ratios = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "articles"
        folder.mkdir()
        invented(folder, 60)
        for each in range(ROUNDS):
            home = Path(scratch) / f"home-{each}"
            with Index(home, encoder=encoder) as index:
                ours = timed(lambda index=index: index.sync([folder]))
                held = {article.id: article.text for article in index.articles()}
                rows = list(index.stores.catalog.passages())
            texts = [held[row.article][row.start : row.end] for row in rows]
            theirs = timed(lambda texts=texts: bare.encode(texts))
            ratios.append(theirs / ours)
        print(
            f"sync, speed of embedding against a bare encode: {statistics.median(ratios):.2f} ({len(texts)} passages)"
        )

        many = Path(scratch) / "many"
        many.mkdir()
        invented(many, 1_000, words=60)
        with Index(Path(scratch) / "many-home", encoder=encoder) as index:
            index.sync([many])
            again = statistics.median(timed(lambda: index.sync([many])) for _ in range(ROUNDS))
        print(f"a sync of 1,000 unchanged articles: {again:.2f} s")

        articles = [Path(each) for each in sys.argv[1:]]
        home = Path(scratch) / "asked"
        if articles:
            with Index(home, encoder=encoder) as index:
                for path in articles:
                    index.add(path)
        with Assistant(home, encoder=encoder) as talks:
            for question in QUESTIONS:
                talks.ask(question)
            retrieving, encoding, asking = [], [], []
            for i in range(ASKED):
                question = QUESTIONS[i % len(QUESTIONS)]
                encoding.append(timed(lambda question=question: bare.encode([question])))
                retrieving.append(timed(lambda question=question: talks.retrieve(question)))
                asking.append(timed(lambda question=question: talks.ask(question)))
        median = statistics.median
        print(f"retrieve against the bare encoding of its question: {median(retrieving) / median(encoding):.2f}")
        print(f"ask, median once warm: {1000 * median(asking):.0f} ms")


if __name__ == "__main__":
    main()
