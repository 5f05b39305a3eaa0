"""How quick Talks is, from a hundred passages to a hundred thousand, beside LangChain's retrievers and the bare parts.

    pip install ".[benchmark]" && python tests/benchmarks/bench_scale.py FOLDER [--articles FOLDER ...] [--sizes N,N]

makes the libraries that FOLDER does not hold yet (see `made.py`; ten minutes for 100,000 passages, 2 GB), measures, and
writes `speed.json`, `speed.md` and `speed.svg` into it. All systems are asked the same questions in turn in one
process, so that what else the machine does falls on all alike; figures are medians over rounds. "floor" is a
`SentenceTransformer.encode` of the question and a plain Chroma query with defaults: no search by meaning does less.
"""

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")
sys.path.insert(0, str(Path(__file__).parents[2]))

from made import make
from peers import BareEncoder, Peers
from report import write_report

import assistant.grounds
import assistant.retriever
from assistant import Assistant
from index import Index
from index.catalog import Catalog
from index.embedding import Encoder
from index.home import Home
from index.tokens import TokenStore
from index.vectors_on_disk import VectorsOnDisk
from index.words import WordIndex

ROOT = Path(__file__).parents[2]
#: An EnsembleRetriever takes seconds a question in a large library, so it is asked fewer.
FEW = 3
THREADS = 8
#: Passages that the speed of building is measured on.
BUILT = 1_000

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
    "late interaction": (assistant.retriever, "sentence_scores"),
    "choose the quotes": (assistant.grounds, "choose"),
    "answer or refuse": (assistant.grounds, "judge"),
}


def timed(work: Callable[[], object]) -> float:
    """How many milliseconds it takes."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def spread(values: list[float]) -> dict[str, float]:
    """The median and the 95th percentile."""
    ordered = sorted(values)
    return {"p50": round(statistics.median(ordered), 2), "p95": round(ordered[int(0.95 * (len(ordered) - 1))], 2)}


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
    rows = catalog._db.execute("SELECT text FROM articles ORDER BY id LIMIT 5000").fetchall()
    catalog.close()
    while len(found) < count:
        words = chosen.choice(chosen.choice(rows)[0].split(". ")).split()[:12]
        if len(words) > 6:
            found.append(f"What is said about {' '.join(words[2:]).strip('.,;')}?")
    return found


class Library:
    """One made library, opened, with all systems over it, and how long each took."""

    def __init__(self, home: Home, encoder: Encoder, bare: BareEncoder, count: int) -> None:
        self.home = home
        self.asked = questions(home, count)
        self.talks = Assistant(home.folder, encoder=encoder)
        self.found: dict[str, Any] = {
            "open": round(timed(self.talks.load)),
            "first": round(timed(lambda: self.talks.ask(self.asked[0]))),
        }
        self.peers = Peers(home, bare)
        self.systems = {
            "retrieve": lambda question: self.talks.retrieve(question, 10),
            "ask": self.talks.ask,
            **self.peers.systems,
        }
        self.waits: dict[str, list[list[float]]] = {name: [] for name in self.systems}

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
            for pairs in [list(zip(self.waits[name], self.waits["floor"], strict=True))]
        }
        with steps() as by_step:
            whole = sum(timed(lambda question=question: self.talks.ask(question)) for question in asked)
        shares = {name: round(sum(took) / len(asked), 2) for name, took in by_step.items()}
        found["steps"] = shares | {"all the rest": round(whole / len(asked) - sum(shares.values()), 2)}
        with ThreadPoolExecutor(THREADS) as pool:
            for name in ("floor", "retrieve", "ask", "Chroma retriever"):
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
        print(f"  floor {found['floor']}, {found['ratios']}", file=sys.stderr, flush=True)
        return found


#: Puts an article in, and says its id, how long that took and how long of it embedding, in seconds.
WRITER = """
import sys, time
from index import Index
from index.embedding import Encoder

def put(home, text, encoder):
    took, encode = [], encoder.encode
    def watched(*args, **kwargs):
        began = time.perf_counter()
        found = encode(*args, **kwargs)
        took.append(time.perf_counter() - began)
        return found
    encoder.encode = watched
    began = time.perf_counter()
    with Index(home, encoder=encoder) as index:
        article = index.add_text(text, title="Vantorp")
    del encoder.encode
    return article.id, time.perf_counter() - began, sum(took)

if __name__ == "__main__":
    encoder = Encoder()
    encoder.encode(["warm"])
    import chromadb
    print(*put(sys.argv[1], sys.argv[2], encoder))
"""


def one_added(home: Home, encoder: Encoder) -> dict[str, dict[str, int]]:
    """An article put in by this process, as the page does, and by another one, and the next question; all in ms."""
    found = {}
    here: dict[str, Any] = {"__name__": "writer"}
    exec(WRITER, here)
    for who in ("this process", "another process"):
        name = f"Quillfeather-{random.randrange(10**9)}"
        text = f"The envoy Xandra {name} opened talks on the lighthouse of Vantorp. " * 12
        with Assistant(home.folder, encoder=encoder) as talks:
            question = f"Who is Xandra {name} of Vantorp?"
            talks.ask(question)
            if who == "this process":
                article, added, encoding = here["put"](home.folder, text, encoder)
            else:
                command = [sys.executable, "-c", WRITER, str(home.folder), text]
                said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
                article, added, encoding = said.split()
            answers: list[Any] = []
            asked = timed(lambda: answers.append(talks.ask(question)))  # noqa: B023 (called at once)
            assert article in {each.article.id for each in answers[0].citations}, "The new article was not found."
            usual = timed(lambda: talks.ask(question))  # noqa: B023 (called at once)
        with Index(home.folder, encoder=encoder) as index:
            index.remove(article)
        added, encoding = 1000 * float(added), 1000 * float(encoding)
        steps = {
            "added": added,
            "encoding": encoding,
            "next question": asked,
            "beyond": added - encoding + asked - usual,
        }
        found[who] = {name: round(took) for name, took in steps.items()}
    return found


def building(folder: Path, source: Home, encoder: Encoder, bare: BareEncoder, rounds: int) -> dict[str, Any]:
    """Passages a second of a sync, and of a bare encode of the same passages."""
    files = sorted((source.folder / "files").rglob("*.md"))[: BUILT // 5]
    ours, theirs, passages = [], [], 0
    for each in range(rounds):
        home = folder / f"built-{time.time_ns()}"
        with Index(home, encoder=encoder) as index:
            took = timed(lambda index=index: index.sync(files))
            texts = {article.id: article.text for article in index.articles()}
            cut = [texts[row.article][row.start : row.end] for row in index._stores.catalog.passages()]
        passages = len(cut)
        ours.append(1000 * passages / took)
        theirs.append(1000 * passages / timed(lambda cut=cut: bare.model.encode(cut)))
        subprocess.run(["rm", "-rf", str(home)], check=True)
        print(f"  built {ours[each]:.0f}/s, bare {theirs[each]:.0f}/s", file=sys.stderr, flush=True)
    return {
        "passages": passages,
        "sync": round(statistics.median(ours), 1),
        "encode": round(statistics.median(theirs), 1),
        "ratio": round(statistics.median(a / b for a, b in zip(ours, theirs, strict=True)), 2),
    }


def unchanged(home: Home, encoder: Encoder, rounds: int) -> dict[str, Any]:
    """A sync of a folder in which nothing has changed."""
    folder = home.folder / "files"
    with Index(home.folder, encoder=encoder) as index:
        reports: list[Any] = []
        took = [timed(lambda: reports.append(index.sync([folder]))) for _ in range(rounds)]
        assert not reports[-1].added and not reports[-1].changed, "Something had changed."
    return {"articles": reports[-1].unchanged, "ms": round(statistics.median(took))}


def start_up(home: Home, encoder: Encoder, rounds: int) -> dict[str, Any]:
    """`python -m assistant ask` from nothing to the answer, against loading sentence-transformers and the model."""
    bare = (
        "from sentence_transformers import SentenceTransformer; import sys;"
        "SentenceTransformer(sys.argv[1], device='cpu')"
    )
    question = questions(home, 1)[0]
    ours, theirs = [], []
    for _ in range(rounds):
        for found, command in (
            (theirs, [sys.executable, "-c", bare, str(encoder.folder)]),
            (ours, [sys.executable, "-m", "assistant", "ask", question, "--home", str(home.folder)]),
        ):
            found.append(
                timed(lambda command=command: subprocess.run(command, cwd=ROOT, capture_output=True, check=False))
            )
    return {
        "ask": round(statistics.median(ours)),
        "import and load": round(statistics.median(theirs)),
        "ratio": round(statistics.median(a / b for a, b in zip(ours, theirs, strict=True)), 2),
    }


def memory(home: Home) -> int:
    """The most memory, in MB, of a process that has the page, and answers a hundred questions from this library.

    Read from /proc, as what getrusage tells begins with the most that the parent of the process had.
    """
    program = (
        "import json, re, sys, gradio; from pathlib import Path\n"
        "from assistant.service import Service; from assistant.settings import Settings\n"
        "service = Service(Settings.read(home=sys.argv[1], port=0)); assert service.wait(300), service.failure\n"
        "[service.ask(each) for each in json.loads(sys.argv[2])]\n"
        "print(int(re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1]) // 1024)\n"
    )
    command = [sys.executable, "-c", program, str(home.folder), json.dumps(questions(home, 100))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1])


def main() -> None:
    """Measure, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=Path, nargs="*", default=[])
    parser.add_argument("--sizes", default="100,1000,10000,100000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--questions", type=int, default=40)
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
    libraries = {size: Library(Home(folder / str(size)), encoder, bare, given.questions) for size in sizes}
    for number in range(given.rounds):
        print(f"round {number + 1}", file=sys.stderr, flush=True)
        for library in libraries.values():
            library.round()
    for size, library in libraries.items():
        found["sizes"][str(size)] = library.sum_up()
    for size, library in libraries.items():
        print(f"{size:,} passages", file=sys.stderr, flush=True)
        found["sizes"][str(size)]["one added"] = one_added(library.home, encoder)
        found["sizes"][str(size)]["memory"] = memory(library.home)
    largest = Home(folder / str(max(size for size in sizes if size <= 100_000)))
    found["unchanged"] = unchanged(largest, encoder, given.rounds)
    found["start-up"] = start_up(largest, encoder, given.rounds)
    found["building"] = building(folder, largest, encoder, bare, given.rounds)
    write_report(found, folder)


if __name__ == "__main__":
    main()
