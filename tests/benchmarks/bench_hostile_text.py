"""Time grows as the text does, whatever the text: `pytest -s -m benchmark tests/benchmarks/bench_hostile_text.py`."""

import re
import time
from collections.abc import Callable

import pytest

from index.encoding.chunking import cut, sentences
from index.ingestion.normalising import normalise
from tests.index.ingestion.hostile_files import REPEATED


def pieces(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(r"\w{1,5}|[^\w\s]", text)]


def cut_by_pieces(text: str) -> object:
    return cut(text, pieces, 254)


def seconds(run: Callable[[str], object], text: str) -> float:
    """What it takes of the processor, however busy the machine is: the least of three times."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        run(text)
        taken.append(time.process_time() - began)
    return min(taken)


@pytest.mark.benchmark
@pytest.mark.parametrize("run", [normalise, cut_by_pieces, sentences])
@pytest.mark.parametrize("name", REPEATED)
def test_eight_times_the_text_takes_about_eight_times_as_long(name: str, run: Callable[[str], object]) -> None:
    short, long = (REPEATED[name] * (size // len(REPEATED[name])) for size in (25_000, 200_000))
    once, eight_times = seconds(run, short), seconds(run, long)
    print(f"{name}, {run.__name__}: {once * 1e3:.0f} ms for 25,000 characters, {eight_times * 1e3:.0f} for 200,000")
    assert eight_times < 20 * once + 0.05
