"""A writer that is killed at any moment leaves the old library or the new one, never half of one.

Readers ask all the while, in processes of their own. The long run is `pytest -m slow
tests/index/maintenance/test_crash.py`: two hundred rounds, from a seed that is printed; TALKS_TEST_SEED repeats one.
(It is read before the settings are cleared.)
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from index import Index
from index.encoding.encoder import Encoder
from tests.index.maintenance.crash_nursery import POINTS

SEED = int(os.environ.get("TALKS_TEST_SEED", "0")) or random.SystemRandom().randrange(1, 1_000_000)
FILES = 8
EXTRAS = 3
VERBS = ("sync", "sync", "add", "remove", "rebuild", "restore")

#: What each verb passes on its way, of the nursery's points.
ON_THE_WAY = {
    "sync": [point for point in POINTS if "backup" not in point and "new vectors" not in point],
    "remove": ["after it is published", "before what is stale is dropped", "after what is stale is dropped"],
    "rebuild": [point for point in POINTS if "new vectors" in point or "old folders" in point or "put back" in point],
    "restore": [point for point in POINTS if "backup" in point or "new vectors" in point],
}


class Nursery:
    """Starts processes, and kills writers."""

    def __init__(self) -> None:
        root = Path(__file__).parents[3]
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("crash_nursery.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root), "OMP_NUM_THREADS": "1"},
        )
        assert self._line() == "ready"

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().rstrip("\n")

    def _order(self, **order: object) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._line())

    def write(
        self, home: Path, verb: str, what: object, after: float | None = None, point: str = "", times: int = 1
    ) -> int:
        """Write in a process of its own, killed after some seconds or at a point; its exit code comes back."""
        pid = self._order(home=str(home), verb=verb, what=str(what), point=point, times=times)
        timer = threading.Timer(after or 0, os.kill, (pid, signal.SIGKILL))
        if after is not None:
            timer.start()
        code = self._order(wait=pid)
        timer.cancel()
        return code

    def start_reader(self, home: Path, report: Path) -> int:
        """Have a process ask until it is stopped."""
        return self._order(home=str(home), verb="read", what=str(report))

    def stop_reader(self, pid: int) -> int:
        """Stop it; its exit code comes back."""
        os.kill(pid, signal.SIGTERM)
        return self._order(wait=pid)

    def close(self) -> None:
        """No more."""
        self._process.communicate("")


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()


def text(name: str, version: object) -> str:
    chosen = random.Random(f"{name} {version}")
    names = ["Halvorsen", "Bellini", "Ferrante", "Okafor", "Lindqvist", "Marchetti", "Novak"]
    sentence = "Envoy {} of {} told session {} that point {} was still open, and left it at that."
    return "\n\n".join(
        " ".join(sentence.format(chosen.choice(names), name, version, chosen.randrange(900)) for _ in range(4))
        for _ in range(3)
    )


@dataclass
class Ordeal:
    """A library whose writers are killed, what it may hold after each, and who reads it meanwhile."""

    nursery: Nursery
    folder: Path
    encoder: Encoder
    chosen: random.Random

    def __post_init__(self) -> None:
        self.home, self.articles, self.backup = (self.folder / name for name in ("home", "articles", "backup.sqlite3"))
        self.articles.mkdir()
        self.made = 0
        self.counts: Counter[str] = Counter()
        self.durations: dict[str, float] = {}
        for number in range(FILES):
            (self.articles / f"{number}.txt").write_text(text(f"delegation {number}", 0))
        assert self.nursery.write(self.home, "sync", self.articles) == 0
        for _ in range(EXTRAS):
            assert self.nursery.write(self.home, "add", self._extra()) == 0
        with Index(self.home, encoder=self.encoder) as index:
            index.backup(self.backup)
            self.saved = {article.text for article in index.articles()}

    def _duration(self, verb: str) -> float:
        """Seconds that a verb takes when nobody is killed."""
        if verb not in self.durations:
            _, what, _, _ = self._prepared(verb)
            began = time.monotonic()
            assert self.nursery.write(self.home, verb, what) == 0
            self.durations[verb] = time.monotonic() - began
        return self.durations[verb]

    def _extra(self) -> Path:
        self.made += 1
        path = self.folder / f"extra-{self.made}.txt"
        path.write_text("Extra. " + text(f"extra {self.made}", self.made))
        return path

    def _held(self) -> set[str]:
        with Index(self.home, encoder=self.encoder) as index:
            return {article.text for article in index.articles()}

    def _prepared(self, verb: str) -> tuple[str, object, set[str], set[str]]:
        """The verb, its object, and what the library holds before it and after it."""
        before = self._held()
        if verb == "remove" and not any(each.startswith("Extra") for each in before):
            verb = "add"
        if verb == "sync":
            for path in self.chosen.sample(sorted(self.articles.iterdir()), 3):
                path.write_text(text(f"delegation {path.stem}", self.chosen.random()))
            self.chosen.choice(sorted(self.articles.iterdir())).unlink()
            self.made += 1
            (self.articles / f"new-{self.made}.txt").write_text(text(f"delegation new {self.made}", 0))
            in_folder = {path.read_text() for path in self.articles.iterdir()}
            return verb, self.articles, before, in_folder | {each for each in before if each.startswith("Extra")}
        if verb == "add":
            path = self._extra()
            return verb, path, before, before | {path.read_text()}
        if verb == "remove":
            with Index(self.home, encoder=self.encoder) as index:
                extras = [article for article in index.articles() if article.text.startswith("Extra")]
            gone = self.chosen.choice(sorted(extras, key=lambda article: article.id))
            return verb, gone.id, before, before - {gone.text}
        return (verb, self.backup, before, self.saved) if verb == "restore" else (verb, "", before, before)

    def round(self, verb: str, *, point: str = "", times: int = 1) -> None:
        """Kill a writer, at a point or at a random moment, and look at what it has left."""
        longest = 0.0 if point else self._duration(verb)
        verb, what, before, after = self._prepared(verb)
        moment = None if point else self.chosen.uniform(0, longest * 1.1)
        code = self.nursery.write(self.home, verb, what, moment, point, times)
        assert code in (0, -signal.SIGKILL)
        self.counts[f"{verb}, {'killed' if code else 'done'}"] += 1
        with Index(self.home, encoder=self.encoder) as index:
            assert index.check(sample=20).problems == ()
            held = {article.text for article in index.articles()}
        if code == 0:
            assert held == after
        elif verb == "sync":  # it publishes in batches
            assert before & after <= held <= before | after
        else:
            assert held in (before, after)

    @property
    def killed(self) -> int:
        """How many writers were killed before they were done."""
        return sum(count for what, count in self.counts.items() if what.endswith("killed"))


@pytest.fixture(scope="module")
def ordeal(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Ordeal]:
    """With two readers who ask throughout; what they saw is looked at in the end."""
    print(f"TALKS_TEST_SEED={SEED}")
    tmp_path = tmp_path_factory.mktemp("ordeal")
    made = Ordeal(nursery, tmp_path, encoder, random.Random(SEED))
    reports = [tmp_path / "first.json", tmp_path / "second.json"]
    readers = [nursery.start_reader(made.home, report) for report in reports]
    yield made
    assert [nursery.stop_reader(reader) for reader in readers] == [0, 0]
    seen = [json.loads(report.read_text()) for report in reports]
    print(f"{dict(made.counts)}; readers: {[(each['asked'], each['sure']) for each in seen]}")
    assert [each["wrong"] for each in seen] == [[], []]
    assert all(each["asked"] for each in seen)


#: The steps that are tried each time; the others take longer.
OFTEN = [("sync", point) for point in ON_THE_WAY["sync"]] + [
    ("rebuild", "before new vectors are settled"),
    ("rebuild", "while old folders are deleted"),
    ("restore", "before a backup takes the place"),
    ("restore", "after a backup has taken the place"),
]
SELDOM = [(verb, point) for verb, points in ON_THE_WAY.items() for point in points if (verb, point) not in OFTEN]


@pytest.mark.parametrize(("verb", "point"), [*OFTEN, *(pytest.param(*each, marks=pytest.mark.slow) for each in SELDOM)])
def test_a_writer_killed_at_a_step_leaves_the_old_library_or_the_new_one(ordeal: Ordeal, verb: str, point: str) -> None:
    before = ordeal.killed
    ordeal.round(verb, point=point)
    assert ordeal.killed == before + 1


def test_a_writer_killed_after_it_has_swept_what_a_killed_one_had_noted_leaves_a_whole_library(ordeal: Ordeal) -> None:
    for point in ("before the seals are broken", "before anything is noted"):
        ordeal.round("sync", point=point)


def test_writers_killed_at_random_moments_leave_whole_libraries(ordeal: Ordeal) -> None:
    for verb in ("sync", "sync", "add", "remove", "sync"):
        ordeal.round(verb)


@pytest.mark.slow
def test_two_hundred_writers_killed_at_random_moments_leave_whole_libraries(ordeal: Ordeal) -> None:
    before = ordeal.killed
    for number in range(200):
        if number % 20 == 0:
            print(f"{number} rounds: {dict(ordeal.counts)}", flush=True)
        verb = ordeal.chosen.choice(VERBS)
        points = ON_THE_WAY.get(verb)
        if points and ordeal.chosen.random() < 0.3:
            ordeal.round(verb, point=ordeal.chosen.choice(points), times=ordeal.chosen.randrange(1, 4))
        else:
            ordeal.round(verb)
    assert ordeal.killed - before >= 100
