"""Two assistants and one writer, each a process of its own, share one Chroma server, and all promises hold."""

import json
import math
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from index import Index, LibraryBusyError
from index.encoding.encoder import Encoder
from tests.index.maintenance.test_crash import Nursery
from tests.index.storage.vectors.servers import ChromaRun, Proxy
from tests.index.storage.vectors.sharing import PLACES, TITLES, version_of

ROOT = Path(__file__).parents[4]


class Party:
    """One process, and what it has said so far."""

    def __init__(self, *arguments: str) -> None:
        self.said: list[dict[str, Any]] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.index.storage.vectors.sharing", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said.append(json.loads(line))

    def wait_for(self, count: int, what: str) -> None:
        """Wait until it has said so many things of this kind."""
        until = time.monotonic() + 120
        while sum(each["what"] == what for each in list(self.said)) < count:
            assert self._process.poll() is None, self.end()
            assert time.monotonic() < until, f"no {count} times {what}"
            time.sleep(0.01)

    def kill(self) -> None:
        """Kill it, if it has not ended."""
        self._process.kill()
        self.end()

    def end(self) -> tuple[int, str]:
        """Wait for its end; its exit code and what it complained of."""
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        complaint = "" if self._process.stderr.closed else self._process.stderr.read()
        code = self._process.wait(120)
        self._thread.join(10)
        self._process.stdout.close()
        self._process.stderr.close()
        return code, complaint


@contextmanager
def readers(home: Path) -> Iterator[list[Party]]:
    """Two assistants that ask until this ends."""
    made = [Party("read", str(home)) for _ in range(2)]
    try:
        for each in made:
            each.wait_for(1, "answer")
        yield made
        (home / "stop").touch()
        for each in made:
            assert each.end() == (0, "")
    finally:
        for each in made:
            each.kill()


def published(events: list[dict[str, Any]], ever: set[tuple[str, int]]) -> dict[tuple[str, int], tuple[float, float]]:
    """For each version of an article that ever was in the library: from when to when it may have been seen."""
    seen: dict[tuple[str, int], tuple[float, float]] = {}
    current: dict[str, int] = {}

    def end(title: str, at: float) -> None:
        if title in current:
            version = current.pop(title)
            seen[title, version] = (seen[title, version][0], at)

    for event in events:
        if event["what"] == "putting" and (event["title"], event["version"]) in ever:
            seen[event["title"], event["version"]] = (event["at"], math.inf)
        elif event["what"] == "put":
            end(event["title"], event["at"])
            current[event["title"]] = event["version"]
        elif event["what"] == "removed":
            end(event["title"], event["at"])
    return seen


def test_what_two_assistants_see_while_one_writes_is_killed_and_another_goes_on(
    proxy: Proxy, chroma: ChromaRun, tmp_path: Path, encoder: Encoder
) -> None:
    home = tmp_path / "library"
    with Index(home, encoder=encoder) as index:
        index.add_text("A ferry to Yuzhne takes nine cars.", title="Ferry")
    with readers(home) as assistants:
        writer = Party("write", str(home), "2", "2")
        writer.wait_for(9, "putting")  # the third article of the second version is on its way
        writer.kill()
        with Index(home, encoder=encoder) as index:
            assert index.check().problems == ()
            held = {
                each.title: version_of(each.title.removeprefix("The bridge at "), each.text)
                for each in index.articles()
            }
        second = Party("write", str(home), "4", "2")
        assert second.end() == (0, "")
        for assistant in assistants:
            assistant.wait_for(len(assistant.said) + 6, "answer")
    with Index(home, encoder=encoder) as index:
        assert index.check().problems == ()

    events = writer.said + second.said
    ever = {(each["title"], each["version"]) for each in events if each["what"] == "put"}
    last = next(each for each in reversed(writer.said) if each["what"] == "putting")
    if held.get(last["title"]) == last["version"]:  # it was killed after its transaction
        ever.add((last["title"], last["version"]))
    seen = published(events, ever)
    answers = [answer for assistant in assistants for answer in assistant.said]
    cited = [(answer, each) for answer in answers for each in answer["cited"] if each["title"] != "Ferry"]
    assert len(answers) > 40
    assert {each["title"] for _, each in cited} == set(TITLES.values())
    assert sum(answer["answered"] for answer in answers) > len(answers) / 4
    for answer, each in cited:
        assert each["exact"]
        assert each["version"] is not None, "half of one version and half of another"
        since, until = seen[each["title"], each["version"]]  # no version that never was published
        assert since <= answer["at"]
        assert answer["began"] <= until, f"{each} was gone"
    assert len({each["version"] for _, each in cited}) >= 3
    assert all(answer["notices"] == [] for answer in answers)
    library = home.joinpath("catalog.sqlite3")
    assert library.exists()
    with Index(home, encoder=encoder) as index:
        name = index.stores.catalog.meta("library")
        assert name
        assert len([each for each in chroma.collections() if name in each]) == 1


def test_the_lock_rules_writers_there_too(index: Index) -> None:
    with index.home.writing(), pytest.raises(LibraryBusyError, match="is being written by process"):
        index.add_text("A ferry to Yuzhne takes nine cars.", title="Ferry")
    assert index.articles() == []


@pytest.mark.slow
def test_a_sync_killed_at_twenty_moments_leaves_a_whole_library_and_the_next_one_completes_it(
    proxy: Proxy, tmp_path: Path, encoder: Encoder
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    nursery = Nursery()
    chosen, home, killed = random.Random(1), tmp_path / "library", 0
    try:
        for moment in range(20):
            for place in PLACES:
                for part in range(3):
                    body = (
                        f"{place} {part} {moment}. " * chosen.randrange(1, 3)
                        + f"The {part}. lock at {place} is {moment}."
                    )
                    (folder / f"{place} {part}.txt").write_text(body, encoding="utf-8")
            gone = folder / f"{PLACES[moment % len(PLACES)]} 0.txt"
            gone.unlink()
            killed += nursery.sync(home, folder, kill_after=0.1 + 2.4 * moment / 20) == -signal.SIGKILL
            with Index(home, encoder=encoder) as index:
                assert index.check().problems == ()
                index.sync([folder])
                assert index.check().problems == ()
                held = {Path(article.source).name: article.text for article in index.articles()}
            assert held == {path.name: path.read_text() for path in folder.iterdir()}
    finally:
        nursery.close()
    assert killed >= 5
