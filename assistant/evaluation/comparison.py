"""Comparison of two evaluation runs: paired bootstrap with confidence intervals."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.table import Table

from index.errors import QuestionError

#: The measures that are compared, by their names in the file.
MEASURES = {
    "answered": "answered",
    "contains": "contains what it should",
    "hits": "a citation hits the evidence",
    "reciprocal_rank": "reciprocal rank",
    "tokens": "tokens",
    "cost": "cost",
    "ask_ms": "ask, ms",
}
#: Draws of the bootstrap, and the share of them that the interval holds.
DRAWS = 10_000
SURE = 0.95
_SEED = 2026


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure over the questions that both files give it for: the means, and the second less the first.

    `low` and `high` bound the difference with 95% confidence, by a paired bootstrap over the questions.
    """

    name: str
    questions: int
    first: float
    second: float
    low: float
    high: float

    @property
    def difference(self) -> float:
        """The second mean less the first."""
        return self.second - self.first


def compare(first: Path, second: Path) -> list[Comparison]:
    """Compare two files that `evaluate --json` wrote. Raises QuestionError where they are none, or share nothing."""
    one, two = _outcomes(first), _outcomes(second)
    shared = [key for key in one if key in two]
    if not shared:
        raise QuestionError(f"{first} and {second} share no question: compare two evaluations of the same questions.")
    found = []
    for measure, name in MEASURES.items():
        pairs = [
            (float(one[key][measure]), float(two[key][measure]))
            for key in shared
            if one[key].get(measure) is not None and two[key].get(measure) is not None
        ]
        if pairs:
            found.append(_compared(name, pairs))
    return found


def table(found: Sequence[Comparison]) -> Table:
    """The comparison as a table."""
    rows = Table(box=None, pad_edge=False)
    rows.add_column("")
    for heading in ("questions", "first", "second", "difference", "95% interval"):
        rows.add_column(heading, justify="right")
    for each in found:
        form = ".6f" if each.name == MEASURES["cost"] else ".3f"
        interval = f"{each.low:+{form}} to {each.high:+{form}}"
        values = (f"{each.first:{form}}", f"{each.second:{form}}", f"{each.difference:+{form}}", interval)
        rows.add_row(each.name, str(each.questions), *values)
    return rows


def _compared(name: str, pairs: Sequence[tuple[float, float]]) -> Comparison:
    values = np.asarray(pairs, dtype=np.float64)
    differences = values[:, 1] - values[:, 0]
    drawn = np.random.default_rng(_SEED).integers(0, len(pairs), size=(DRAWS, len(pairs)))
    low, high = np.quantile(differences[drawn].mean(axis=1), [(1 - SURE) / 2, (1 + SURE) / 2])
    first, second = values.mean(axis=0)
    return Comparison(name, len(pairs), float(first), float(second), float(low), float(high))


def _outcomes(file: Path) -> dict[str, dict[str, Any]]:
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
        return {f"{each['id']} {each['question']}": each for each in value["outcomes"]}
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise QuestionError(f"The evaluation {file} cannot be read ({reason}): check its name.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise QuestionError(f"{file} is no evaluation: write one with `evaluate QUESTIONS --json FILE`.") from error
