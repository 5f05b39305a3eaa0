"""How quick Talks is, from a hundred passages to a hundred thousand, beside LangChain's retrievers and the bare parts.

    pip install ".[benchmark]" && python tests/benchmarks/bench_scale.py FOLDER [--articles FOLDER ...] [--sizes N,N]

makes the libraries that FOLDER does not hold yet (see `made.py`; ten minutes for 100,000 passages, 2 GB; 50 for a
million, 20 GB and as much again for the others' collection, which is made only where the disk has room), measures
(questions: `asking.py`, building and adding: `growing.py`, processes of their own: `starting.py`), and writes
`speed.json`, `speed.md` and `speed.svg` into it. All systems are asked the same questions in turn in one process, so
that what else the machine does falls on all alike; figures are medians over rounds. "floor" is a
`SentenceTransformer.encode` of the question and a plain Chroma query with defaults: no search by meaning does less.
"""

import argparse
import os
import platform
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")
sys.path.insert(0, str(Path(__file__).parents[2]))

from asking import Library
from growing import building, changed, checked, one_added, unchanged
from made import MOST_FILES, make
from peers import BareEncoder
from report import write_report
from starting import by_cache, memory, start_up

from index.encoding.encoder import Encoder
from index.home import Home


def main() -> None:
    """Measure, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=Path, nargs="*", default=[])
    parser.add_argument("--sizes", default="100,1000,10000,100000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--built", type=int, default=1_000, help="passages that building is measured on")
    parser.add_argument("--others-up-to", type=float, default=1e9, help="larger libraries are asked by Talks alone")
    given = parser.parse_args()
    folder, sizes = given.folder.absolute(), [int(each) for each in given.sizes.split(",")]
    encoder = Encoder()
    make(folder, sizes, given.articles, encoder)
    bare = BareEncoder(Path(str(encoder.folder)))
    found: dict[str, Any] = {
        "processors": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "python": platform.python_version(),
        "rounds": given.rounds,
        "sizes": {},
    }
    libraries = {
        size: Library(Home(folder / str(size)), encoder, bare, given.questions, given.others_up_to) for size in sizes
    }
    for number in range(given.rounds):
        print(f"round {number + 1}", file=sys.stderr, flush=True)
        for library in libraries.values():
            library.round()
    for size, library in libraries.items():
        found["sizes"][str(size)] = library.sum_up()
    for size, library in libraries.items():
        print(f"{size:,} passages", file=sys.stderr, flush=True)
        found["sizes"][str(size)] |= {
            "one added": one_added(library.home, encoder),
            "check": checked(library.home, encoder),
            "memory": memory(library.home),
            "by cache": by_cache(library.home),
        }
    largest = Home(folder / str(max(size for size in sizes if size <= MOST_FILES)))  # larger ones have no files
    found["unchanged"] = unchanged(largest, encoder, given.rounds)
    found["changed"] = changed(largest, encoder)
    found["start-up"] = start_up(largest, encoder, given.rounds)
    found["building"] = building(folder, largest, bare, given.built, given.rounds)
    write_report(found, folder)


if __name__ == "__main__":
    main()
