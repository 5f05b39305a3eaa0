"""Health check: counts, offsets, and the recall of the vector search."""

import random
from dataclasses import dataclass

import numpy as np

from index.errors import DamagedIndexError
from index.storage import Stores
from index.storage.derived import STORES
from index.storage.records import text_hash

#: The share of the exact ten nearest that the vector search must find.
LEAST_RECALL = 0.95
_NEAREST = 10


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found. `recall` is the share (0 to 1) of each sampled passage's ten nearest that the vector search
    finds, None for an empty library. `problems` is one sentence each, what to do included; none is good."""

    articles: int
    passages: int
    recall: float | None
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Is the library whole?"""
        return not self.problems


def examine(stores: Stores, sample: int) -> CheckReport:
    """Compare everything that lies on disk with the catalog."""
    catalog = stores.catalog
    stores.same_encoder()
    stores.follow(catalog.generation())
    derived = stores.derived
    with catalog.snapshot():
        problems = (
            []
            if catalog.intact()
            else ["The catalog is damaged: put back a backup with `python -m index restore FILE`."]
        )
        numbers = catalog.numbers()
        articles = {row.article.id: row.article for row in catalog.articles()}
        wrong = 0
        covered = dict.fromkeys(articles, 0)
        for row in catalog.passages():
            text = articles[row.article].text
            covered[row.article] = max(covered[row.article], row.end)
            holds = 0 <= row.start < row.end <= len(text) and text_hash(text[row.start : row.end]) == row.text_hash
            inside = all(row.start <= start < end <= row.end for start, end in row.sentences)
            wrong += not (holds and inside)
    rebuild = "run `python -m index rebuild`."
    if wrong:
        problems.append(f"{wrong} passages do not lie where the catalog says: {rebuild}")
    uncut = [each for each, end in covered.items() if end < len(articles[each].text.rstrip())]
    if uncut:
        problems.append(f"{len(uncut)} articles are not wholly cut into passages (such as {uncut[0]}): {rebuild}")
    for name in STORES:
        where = stores.place.spoken if name == "vectors" else f"{name}/"
        try:
            held = derived.numbers(name)
        except DamagedIndexError:
            problems.append(f"{where} is damaged ({derived.away[name]}): {rebuild}")
            continue
        if missing := len(numbers - held):
            problems.append(f"{missing} of {len(numbers)} passages are missing from {where}: {rebuild}")
        if extra := len(held - numbers - catalog.pending()):
            problems.append(f"{extra} passages in {where} are of no article: {rebuild}")
    recall = _recall(stores, sorted(numbers), sample) if numbers and not problems else None
    if recall is not None and recall < LEAST_RECALL:
        problems.append(f"The vector search finds only {recall:.0%} of what is nearest: {rebuild}")
    return CheckReport(len(articles), len(numbers), recall, tuple(problems))


def _recall(stores: Stores, numbers: list[int], sample: int) -> float:
    held = stores.derived.vectors.vectors(numbers)
    matrix = np.stack([held[number] for number in numbers])
    chosen = random.Random(0).sample(range(len(numbers)), min(sample, len(numbers)))
    most = min(_NEAREST, len(numbers))
    # The search may still find remains of a crash; they are dropped, as a question does.
    left = len(stores.catalog.pending())
    found = 0
    for i in chosen:
        scores = matrix @ matrix[i]
        least = np.partition(scores, -most)[-most] - 1e-4  # ties with the tenth count as found
        near = [number for number in stores.derived.vectors.search(matrix[i], most + left) if number in held][:most]
        found += sum(bool(float(held[number] @ matrix[i]) >= least) for number in near)
    return found / (most * len(chosen))
