"""What vectors on a Chroma server cost beside the same on the disk: `python tests/benchmarks/bench_server.py [N ...]`.

Vectors are made up, in clusters as passages lie. The same ones go into both, portion by portion in turn, the one that
begins changing each time; the same searches then go to both in turn. The server is `chroma run` on loopback, so what a
real network adds comes on top. With `--vectors FOLDER` (`vectors/1` of a library that is there, such as `made.py`
makes) a copy of it goes to both instead, and one portion more. Prints a Markdown table, and all figures as JSON to the
file named by --json.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.ranking import POOL
from index.article import Article
from index.filters import Filter
from index.storage.vectors.base import PORTION, Vector, VectorIndex
from index.storage.vectors.client import ChromaAddress, ChromaServer
from index.storage.vectors.local import VectorsOnDisk
from index.storage.vectors.remote import VectorsOnServer
from tests.index.storage.vectors.servers import ChromaRun

DIMENSIONS = 384
#: Passages in a cluster, and how far they lie from its middle.
CLUSTER, SPREAD = 50, 0.8
SEARCHES = 300
THREADS = 8
DISK, SERVER = "on the disk", "on a server"


def made(count: int, chosen: np.random.Generator) -> NDArray[np.float32]:
    """Unit vectors in clusters, shape (count, dimensions)."""
    middles = chosen.normal(size=(max(1, count // CLUSTER), DIMENSIONS))
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    vectors = middles[chosen.integers(len(middles), size=count)]
    vectors = vectors + SPREAD * chosen.normal(size=vectors.shape) / np.sqrt(DIMENSIONS)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def article(number: int) -> Article:
    """An article of one of forty publishers and of a day within four years."""
    day = date(2022, 2, 24) + timedelta(days=number % 1_400)
    return Article(f"{number:x}", "made", "made", "made", f"Publisher {number % 40}", None, day)


def in_turn(
    places: dict[str, VectorIndex], act: Callable[[str, VectorIndex, int], object], times: int
) -> dict[str, list[float]]:
    """Seconds that it takes in each place, each time in both, the one that begins changing."""
    took: dict[str, list[float]] = {name: [] for name in places}
    for turn in range(times):
        for name, place in list(places.items()) if turn % 2 else list(places.items())[::-1]:
            began = time.perf_counter()
            act(name, place, turn)
            took[name].append(time.perf_counter() - began)
    return took


def memory(pid: int | str) -> float:
    """Megabytes that a process holds, of Linux; 0 elsewhere."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return int(status.partition("VmRSS:")[2].split()[0]) / 1_000


def measured(count: int, places: dict[str, VectorIndex], there: bool = False) -> dict[str, dict[str, float]]:
    """All figures of one size, by place; `there` says that so many are there already."""
    chosen = np.random.default_rng(count)
    vectors = made(PORTION if there else count, chosen)
    numbers = sorted(places[DISK].numbers())[:SEARCHES] if there else []
    around = np.stack(list(places[DISK].vectors(numbers).values())) if there else vectors
    count = len(vectors)
    asked = around[chosen.integers(len(around), size=SEARCHES)] + 0.3 * chosen.normal(
        size=(SEARCHES, DIMENSIONS)
    ) / np.sqrt(DIMENSIONS)
    asked = (asked / np.linalg.norm(asked, axis=1, keepdims=True)).astype(np.float32)

    def add(name: str, place: VectorIndex, turn: int) -> None:
        numbers = range(turn * PORTION, min(count, (turn + 1) * PORTION))
        place.write([Vector(number, article(number), vectors[number]) for number in numbers])

    for place in places.values():
        place.search(asked[0], POOL)
    adding = in_turn(places, add, -(-count // PORTION))
    searches = in_turn(places, lambda name, place, turn: place.search(asked[turn], POOL), SEARCHES)
    one = Filter(publisher="Publisher 7")
    filtered = in_turn(places, lambda name, place, turn: place.search(asked[turn], POOL, one), SEARCHES // 5)
    some = [int(each) for each in chosen.choice(count, POOL, replace=False)]
    fetching = in_turn(places, lambda name, place, turn: place.vectors(some), SEARCHES // 5)
    several = in_turn(places, lambda name, place, turn: _at_once(place, asked), 3)
    one_more = Vector(count, article(count), asked[0])
    single = in_turn(places, lambda name, place, turn: place.write([one_more], [count + 1]), 20)
    recall = {} if there else {name: _recall(place, vectors, asked[:50]) for name, place in places.items()}
    return {
        name: {
            "added_per_s": count / sum(adding[name]),
            "one_added_ms": 1_000 * statistics.median(single[name]),
            "search_p50_ms": 1_000 * statistics.median(searches[name]),
            "search_p95_ms": 1_000 * statistics.quantiles(searches[name], n=20)[-1],
            "filtered_p50_ms": 1_000 * statistics.median(filtered[name]),
            "fetch_p50_ms": 1_000 * statistics.median(fetching[name]),
            "searches_per_s_8_threads": SEARCHES / statistics.median(several[name]),
            **({"recall": recall[name]} if recall else {}),
        }
        for name in places
    }


def _at_once(place: VectorIndex, asked: NDArray[np.float32]) -> None:
    def work(mine: Sequence[NDArray[np.float32]]) -> None:
        for vector in mine:
            place.search(vector, POOL)

    threads = [threading.Thread(target=work, args=(asked[first::THREADS],)) for first in range(THREADS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def _recall(place: VectorIndex, vectors: NDArray[np.float32], asked: NDArray[np.float32]) -> float:
    """The share of the exact ten nearest that a search finds."""
    nearest = np.argsort(-(asked @ vectors.T), axis=1)[:, :10]
    found = [
        len(set(near.tolist()) & set(list(place.search(vector, POOL))[:11]))
        for near, vector in zip(nearest, asked, strict=True)
    ]
    return sum(found) / (10 * len(asked))


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--vectors", type=Path)
    options = parser.parse_args()
    sizes = options.sizes or [10_000, 100_000]
    results = {}
    for count in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            for name in ("server", "disk"):
                if options.vectors is None:
                    (folder / name).mkdir()
                else:
                    shutil.copytree(options.vectors, folder / name)
            run = ChromaRun(folder / "server")
            server = ChromaServer(ChromaAddress(run.url))
            try:
                if options.vectors is None:
                    server.create("passages")
                disk = VectorsOnDisk(folder / "disk")
                places: dict[str, VectorIndex] = {DISK: disk, SERVER: VectorsOnServer(server, "passages")}
                results[count] = measured(count, places, there=options.vectors is not None)
                results[count][SERVER]["server_mb"] = memory(run.pid)
                disk.close()
            finally:
                server.close()
                run.kill()
        _print(count, results[count])
    if options.json is not None:
        options.json.write_text(
            json.dumps({"cores": os.cpu_count(), "results": results}, indent=2) + "\n", encoding="utf-8"
        )


def _print(count: int, result: dict[str, dict[str, float]]) -> None:
    print(f"\n| {count:,} passages | {DISK} | {SERVER} | ratio |\n| --- | ---: | ---: | ---: |")
    for name, value in result[DISK].items():
        other = result[SERVER][name]
        print(f"| {name} | {value:,.2f} | {other:,.2f} | {other / value if value else 0:.2f} |")
    print(f"| server_mb | | {result[SERVER]['server_mb']:,.0f} | |", flush=True)


if __name__ == "__main__":
    main()
