"""A writer that is killed at any moment leaves the old library or the new one, never half of one."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Index
from index.embedding import Encoder

ROUNDS = 20
ARTICLES = 14


class Nursery:
    """Starts writers, and kills them after a while."""

    def __init__(self) -> None:
        root = Path(__file__).parents[2]
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

    def sync(self, home: Path, folder: Path, kill_after: float | None = None) -> int:
        """Sync in a process of its own, killed after some seconds; its exit code comes back."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{home}\t{folder}\n")
        self._process.stdin.flush()
        pid = int(self._line())
        if kill_after is not None:
            timer = threading.Timer(kill_after, os.kill, (pid, signal.SIGKILL))
            timer.start()
        code = int(self._line())
        if kill_after is not None:
            timer.cancel()
        return code

    def close(self) -> None:
        self._process.communicate("")


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    for i in range(ARTICLES):
        (made / f"{i:02}.txt").write_text(text(i, "first"))
    return made


def text(i: int, version: str) -> str:
    chosen = random.Random(f"{i} {version}")
    names = ["Halvorsen", "Bellini", "Ferrante", "Okafor", "Lindqvist", "Marchetti", "Novak"]
    sentence = "Envoy {} of delegation {} told the {} session that point {} was still open, and left it at that."
    return "\n\n".join(
        " ".join(sentence.format(chosen.choice(names), i, version, chosen.randrange(900)) for _ in range(6))
        for _ in range(4)
    )


def test_a_sync_killed_at_twenty_moments_leaves_a_whole_library_and_the_next_one_completes_it(
    nursery: Nursery, folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    began = time.monotonic()
    assert nursery.sync(tmp_path / "unharmed", folder) == 0
    whole = time.monotonic() - began
    home = tmp_path / "library"
    killed = 0
    for moment in range(ROUNDS):
        version = f"round {moment}"
        for i in range(moment % 2, ARTICLES, 2):  # half of the articles change, one new one comes, one goes
            (folder / f"{i:02}.txt").write_text(text(i, version))
        (folder / "new.txt").write_text(text(99, version))
        (folder / f"{moment % ARTICLES:02}.txt").unlink(missing_ok=True)
        killed += nursery.sync(home, folder, kill_after=whole * (moment + 0.5) / ROUNDS) == -signal.SIGKILL
        with Index(home, encoder=encoder) as index:
            assert index.check().problems == ()
            for article in index.articles():
                assert article.text.startswith("Envoy ")
                assert article.text.endswith("at that.")
            index.sync([folder])
            assert index.check().problems == ()
            held = {Path(article.source).name: article.text for article in index.articles()}
        assert held == {path.name: path.read_text() for path in folder.iterdir()}
    assert killed >= ROUNDS / 4
