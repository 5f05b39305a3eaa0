"""How long questions take: all systems over one library asked in turn, each step's share, one thread and eight."""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import Any

import numpy as np
from peers import BareEncoder, Peers
from timing import spread, timed

import assistant.answering.pipeline
import assistant.retrieval.retriever
from assistant import Assistant
from assistant.retrieval.ranking import SentenceScores
from index.encoding.encoder import Encoder
from index.home import Home
from index.storage.bm25_index import WordIndex
from index.storage.catalog import Catalog
from index.storage.token_index import TokenStore
from index.storage.vectors.local import VectorsOnDisk

#: An EnsembleRetriever takes seconds a question in a large library, so it is asked fewer.
FEW = 3
THREADS = 8
#: The filters that are measured: the publisher with the most articles of a made library, and a month of its 40.
FILTERS: dict[str, dict[str, Any]] = {
    "of one publisher": {"publisher": "Geneva Post"},
    "of one month": {"after": date(2024, 3, 1), "before": date(2024, 3, 31)},
}

#: Where the time of a question goes: each step's name, and the call that takes it.
STEPS = {
    "encode the question": (Encoder, "encode"),
    "search by words": (WordIndex, "search"),
    "search by meaning": (VectorsOnDisk, "search"),
    "the other score of each": (WordIndex, "scores"),
    "embeddings of those found by words": (TokenStore, "vectors"),
    "passages and articles": (Catalog, "passages_of"),
    "articles": (Catalog, "articles_of"),
    "word pieces' vectors": (TokenStore, "read"),
    "late interaction": (assistant.retrieval.retriever, "sentence_scores"),
    "choose the quotes": (assistant.answering.pipeline, "extract"),
    "answer or refuse": (assistant.answering.extraction, "judge"),
}


@contextmanager
def steps() -> Iterator[dict[str, list[float]]]:
    """What each step takes while this is open, call by call, in milliseconds."""
    found: dict[str, list[float]] = {name: [] for name in STEPS}
    before = [(owner, call, getattr(owner, call)) for owner, call in STEPS.values()]

    def watched(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def watch(*args: Any, **kwargs: Any) -> Any:
            began = time.perf_counter()
            try:
                return work(*args, **kwargs)
            finally:
                found[name].append(1000 * (time.perf_counter() - began))

        return watch

    for name, (owner, call, work) in zip(STEPS, before, strict=True):
        setattr(owner, call, watched(name, work))
    try:
        yield found
    finally:
        for owner, call, work in before:
            setattr(owner, call, work)


def questions(home: Home, count: int) -> list[str]:
    """Questions about sentences of the library, of the usual length."""
    catalog = Catalog(home.catalog)
    chosen, found = random.Random(11), []
    rows = catalog.db.execute("SELECT text FROM articles ORDER BY id LIMIT 5000").fetchall()
    catalog.close()
    while len(found) < count:
        words = chosen.choice(chosen.choice(rows)[0].split(". ")).split()[:12]
        if len(words) > 6:
            found.append(f"What is said about {' '.join(words[2:]).strip('.,;')}?")
    return found


@contextmanager
def no_late_interaction() -> Iterator[None]:
    """Rank by words and embeddings alone; the word pieces' vectors are still read, as quotes are chosen by them."""
    before = assistant.retrieval.retriever.sentence_scores
    assistant.retrieval.retriever.sentence_scores = lambda *given: SentenceScores(
        *np.full((3, len(given[3].numbers)), -1.0)
    )
    try:
        yield
    finally:
        assistant.retrieval.retriever.sentence_scores = before


class Library:
    """One made library, opened, with all systems over it, and how long each took."""

    def __init__(
        self, home: Home, encoder: Encoder, bare: BareEncoder, count: int, others_up_to: float = float("inf")
    ) -> None:
        self.home = home
        self.asked = questions(home, count)
        self.talks = Assistant(home.folder, encoder=encoder)
        self.found: dict[str, Any] = {
            "open": round(timed(self.talks.load)),
            "first": round(timed(lambda: self.talks.ask(self.asked[0]))),
        }
        self.peers = Peers(home, bare, up_to=others_up_to)
        self.systems = {
            "retrieve": lambda question: self.talks.retrieve(question, 10),
            "ask": self.talks.ask,
            "retrieve without late interaction": self._without_late_interaction,
            **{
                f"retrieve {name}": lambda question, where=where: self.talks.retrieve(question, 10, **where)
                for name, where in FILTERS.items()
            },
            **self.peers.systems,
        }
        self.waits: dict[str, list[list[float]]] = {name: [] for name in self.systems}

    def _without_late_interaction(self, question: str) -> Any:
        with no_late_interaction():
            return self.talks.retrieve(question, 10)

    def round(self) -> None:
        """Put the questions to all systems in turn."""
        for took in self.waits.values():
            took.append([])
        for place, question in enumerate([self.asked[0], *self.asked]):
            for name, system in self.systems.items():
                if name != "EnsembleRetriever" or place <= FEW:
                    wait = timed(lambda system=system, question=question: system(question))
                    if place:  # the first only warms up
                        self.waits[name][-1].append(wait)

    def sum_up(self) -> dict[str, Any]:
        """Waits with one thread and with eight, and each step's share."""
        found, asked, systems = self.found, self.asked, self.systems
        for name, by_round in self.waits.items():
            found[name] = {key: statistics.median(spread(each)[key] for each in by_round) for key in ("p50", "p95")}
        found["ratios"] = {
            name: round(statistics.median(statistics.median(a) / statistics.median(b) for a, b in pairs), 2)
            for name in systems
            if "floor" in systems
            for pairs in [list(zip(self.waits[name], self.waits["floor"], strict=True))]
        }
        with steps() as by_step:
            whole = sum(timed(lambda question=question: self.talks.ask(question)) for question in asked)
        shares = {name: round(sum(took) / len(asked), 2) for name, took in by_step.items()}
        found["steps"] = shares | {"all the rest": round(whole / len(asked) - sum(shares.values()), 2)}
        with ThreadPoolExecutor(THREADS) as pool:
            for name in [each for each in ("floor", "retrieve", "ask", "Chroma retriever") if each in systems]:
                work = systems[name]
                list(pool.map(work, asked[:THREADS]))
                began = time.perf_counter()
                waited = list(pool.map(lambda question, work=work: timed(lambda: work(question)), asked * 2))
                a_second = round(2 * len(asked) / (time.perf_counter() - began), 1)
                found[f"{name}, {THREADS} threads"] = spread(waited) | {"a second": a_second}
        found["disk"] = {
            part: round(sum(each.stat().st_size for each in path.rglob("*") if each.is_file()) / 1e6, 1)
            for part, path in (("vectors", self.home.vectors), ("words", self.home.words), ("tokens", self.home.tokens))
        } | {"catalog": round(self.home.catalog.stat().st_size / 1e6, 1)}
        self.talks.close()
        self.peers.close()
        print(f"  retrieve {found['retrieve']}, {found['ratios']}", file=sys.stderr, flush=True)
        return found
