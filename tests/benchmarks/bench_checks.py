"""The checks on public sets of claims, and how quick they are.

usage: python tests/benchmarks/bench_checks.py [FOLDER] [--limit N] [--seed N]

FOLDER holds *.jsonl or *.jsonl.gz, one object a line: `document`, `claim` and `label` (1 where the document supports
the claim), or `source`, `claim` and `supported`. Each document is cut into sentences, and the program finds those that
carry the claim. Printed for each file: the area under the curve of the scores, balanced accuracy, the share of the
supported claims that stand where 5% of the unsupported do, and the area under the curve of word overlap alone; with
`--limit`, of so many lines drawn at random. Without FOLDER: the time of one sentence against twelve candidates, on one
thread, on the project's own cases.
"""

import argparse
import gzip
import json
import random
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.checking import Checker, Source, Verdict
from assistant.evaluation.claims import Claim, figures
from assistant.language.tokens import keys, words_of
from index.article import Article
from index.encoding.chunking import sentences

CASES = Path(__file__).parents[1] / "assistant" / "checking" / "cases"
#: Sentences that may carry a written one, as many as a model is shown.
CANDIDATES = 12


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The lines of a file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def sources_in(text: str) -> list[Source]:
    """A document's sentences."""
    article = Article(id="document", title="", text=text, source="")
    return [Source(n, article, a, b) for n, (a, b) in enumerate(sentences(text), start=1)]


def overlap(claim: str, document: str) -> float:
    """The share of a claim's words that its document holds, those that say nothing by themselves left out.

    >>> overlap("The talks failed.", "Talks ended.")
    0.5
    """
    own = keys([word for word in words_of(claim) if not word.plain])
    return len(own & keys(words_of(document))) / max(1, len(own))


def measured(rows: Sequence[dict[str, Any]], checker: Checker) -> dict[str, float]:
    """The figures over the lines of a file."""
    claims, found, alike, spent = [], [], [], []
    for row in rows:
        document = row.get("document") or row["source"]
        supported = bool(row["supported"]) if "supported" in row else row["label"] == 1
        claims.append(Claim(document, "", row["claim"], supported))
        sources = sources_in(document)
        began = time.process_time()
        found.append(checker.find(row["claim"], sources))
        spent.append(time.process_time() - began)
        alike.append(Verdict(False, overlap(row["claim"], document)))
    of_all = figures(claims, found)
    return {
        "claims": len(claims),
        "AUC": of_all.auc,
        "balanced": of_all.balanced,
        "stand at 5%": of_all.strict,
        "stand": of_all.stand,
        "pass": 1 - of_all.stopped,
        "overlap AUC": figures(claims, alike).auc,
        "ms": 1_000 * statistics.median(spent),
    }


def quick(checker: Checker) -> None:
    """Print how long one sentence takes against twelve candidates."""
    text = (CASES / "harbour.txt").read_text(encoding="utf-8").strip()
    article = Article("harbour", "Harbour talks in Quell close without a deal", text, "/news/harbour.txt")
    spans = list(sentences(text))
    written = [row["claim"] for row in rows_of(CASES / "harbour.jsonl")]
    for least in range(0, len(spans) - CANDIDATES + 1, CANDIDATES):
        spent = []
        for sentence in written:
            near = spans[least : least + CANDIDATES]
            sources = [Source(n, article, a, b) for n, (a, b) in enumerate(near, start=1)]
            began = time.process_time()
            checker.find(sentence, sources)
            spent.append(1_000 * (time.process_time() - began))
        spent.sort()
        print(
            f"{len(spent)} sentences against {CANDIDATES} candidates: mean {statistics.mean(spent):.0f} ms, "
            f"median {statistics.median(spent):.0f} ms, 95 of 100 within {spent[int(0.95 * len(spent))]:.0f} ms"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the checks.")
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    checker = Checker()
    checker.load()
    if asked.folder is None:
        quick(checker)
        return
    for path in sorted([*asked.folder.glob("*.jsonl"), *asked.folder.glob("*.jsonl.gz")]):
        rows = rows_of(path)
        if asked.limit is not None and asked.limit < len(rows):
            rows = random.Random(asked.seed).sample(rows, asked.limit)
        told = measured(rows, checker)
        print(
            f"{path.name.split('.')[0]:20}",
            "  ".join(f"{name} {value:.3g}" for name, value in told.items()),
            flush=True,
        )


if __name__ == "__main__":
    main()
