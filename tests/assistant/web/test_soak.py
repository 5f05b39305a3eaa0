"""Many people ask while articles come and go: no error, no answer from an article that had gone, nothing left open.

`pytest -m slow tests/assistant/web/test_soak.py -s` runs the long ones, some ten minutes, and prints what they
measured.
"""

import asyncio
import gc
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import uvicorn

from assistant.request import Request
from assistant.service import Service
from assistant.settings import Settings
from assistant.web.server import listen
from index.encoding.encoder import Encoder
from tests.assistant.web.conftest import small_app
from tests.assistant.web.visitors import text, title
from tests.running import run_beside

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="open files and memory are read from /proc")

#: How much the process may grow between 1,000 and 10,000 questions, in bytes; a leak of 10 KB a question is found.
GROWTH = 60_000_000
#: Connections to the catalog that there can be at one time: one for each thread, of which the page's server has at most
#: 40 for questions and a few of its own, and those of whoever edits.
CONNECTIONS = 48
#: Files of its own database that Chroma has open: up to ten connections, and files that SQLite keeps of closed ones.
CHROMA_CONNECTIONS = 20


@pytest.fixture
def busy(home_of_its_own: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Service]]:
    """A server that lets everybody ask as fast as they can."""
    monkeypatch.setattr("assistant.web.access.rate_limits.REQUESTS", 10_000_000)
    settings = Settings.read(home=home_of_its_own, port=0, questions_per_minute=1_000_000)
    service = Service(settings, encoder=encoder)
    listening = listen(settings)
    end = run_beside(uvicorn.Config(asyncio.run(small_app(service)), log_level="warning"), listening)
    assert service.wait(120), service.failure
    yield f"http://127.0.0.1:{listening.getsockname()[1]}", service
    end()
    service.close()


def visit(url: str, log: Path, people: int, questions: int) -> subprocess.Popen[str]:
    script = Path(__file__).with_name("visitors.py")
    command = [sys.executable, str(script), url, str(log), str(people), str(questions)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def edit(service: Service, log: Path, articles: int, seconds: float) -> None:
    """Add and remove so many articles in so many seconds, noting what is done; a few stay at any time."""
    began, ids = time.monotonic(), {}

    def note(line: str) -> None:
        with log.open("a") as file:
            file.write(line + "\n")

    for number in range(articles):
        ids[number] = service.add_text(text(number), title=title(number), publisher="Coast Courier").id
        note(f"added {number}")
        if number >= 6:
            note(f"removing {number - 6}")
            with service.index() as index:
                index.remove(ids[number - 6])
            note(f"removed {number - 6}")
        time.sleep(max(0.0, began + seconds * (number + 1) / articles - time.monotonic()))
    note("done")


def open_files() -> Counter[str]:
    """How often this process has each file, connection and pipe open, by its name; of pipes and such, by their kind."""
    gc.collect()
    names = []
    for each in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the folder's own
            names.append(re.sub(r":\[\d+\]$", "", str(each.readlink())))
    return Counter(names)


def connections(url: str) -> int:
    """How many connections to the server are open."""
    port = f":{int(url.rsplit(':', 1)[1]):04X}"
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(row[1].endswith(port) and row[3] == "01" for row in rows)


def size() -> int:
    """Bytes of memory that this process has in use."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def hold_out(url: str, service: Service, log: Path, people: int, articles: int, seconds: float) -> None:
    log.touch()
    service.ask(Request.of("Who led Russia's delegation in Geneva?"))
    asking = visit(url, log, people, people * 2)
    edit(service, log, articles, seconds)
    output, _ = asking.communicate(timeout=600)
    assert asking.returncode == 0
    seen = json.loads(output)
    print(
        f"{seen['asked']} questions by {people} people while {articles} articles came and {articles - 6} went: "
        f"{len(seen['wrong'])} wrong, {seen['answered']} of articles that stood throughout; "
        f"median wait {seen['median']:.2f} s, p95 / median {seen['p95'] / seen['median']:.1f}"
    )
    assert seen["wrong"] == []
    assert seen["answered"]
    with service.index() as index:
        assert index.check().problems == ()


def open_files_once_they_have_gone(url: str) -> Counter[str]:
    """The same when the people's connections are closed."""
    deadline = time.monotonic() + 60
    while connections(url) and time.monotonic() < deadline:
        time.sleep(0.2)
    return open_files()


def left_open(url: str, before: Counter[str]) -> list[str]:
    """What is open that should not be, now that nobody asks any more."""
    now = open_files()
    threads = threading.active_count()
    found = [f"{count} connections to the server" for count in [connections(url)] if count]
    for name, count in sorted(now.items()):
        most = before[name]
        if name.endswith("/catalog.sqlite3-wal"):
            most = threads  # each that has read the catalog keeps one connection, and each connection one of these
        elif name.endswith("/catalog.sqlite3"):
            # SQLite keeps the file of a connection that is closed for the next one, as closing it would give up the
            # locks of the others: so these are as many as there ever were connections at one time.
            most = CONNECTIONS
        elif name.endswith("/chroma.sqlite3"):
            most = CHROMA_CONNECTIONS
        if count > most:
            found.append(f"{count} of {name}, where {most} are allowed")
    return found


def closes_everything(url: str, before: Counter[str]) -> None:
    """After a while, nothing is open that was not before the people came, and each thread reads by one connection."""
    deadline = time.monotonic() + 60
    while (left := left_open(url, before)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert left == []


def leave_nothing_open(url: str, service: Service, folder: Path, *, people: int, articles: int, seconds: float) -> None:
    """So many ask while so many articles come and go, after a first few that open what then stays open."""
    hold_out(url, service, folder / "first", people, 10, 0)
    before = open_files_once_they_have_gone(url)
    hold_out(url, service, folder / "second", people, articles, seconds)
    closes_everything(url, before)


def test_ten_people_ask_while_twenty_articles_come_and_go(busy: tuple[str, Service], tmp_path: Path) -> None:
    leave_nothing_open(*busy, tmp_path, people=10, articles=20, seconds=0)


@pytest.mark.slow
def test_fifty_people_ask_for_two_minutes_while_two_hundred_articles_come_and_go(
    busy: tuple[str, Service], tmp_path: Path
) -> None:
    leave_nothing_open(*busy, tmp_path, people=50, articles=200, seconds=120)


@pytest.mark.slow
def test_ten_thousand_questions_leave_no_memory_behind(busy: tuple[str, Service], tmp_path: Path) -> None:
    url, service = busy
    (tmp_path / "log").write_text("done\n")
    with service.index() as index:
        for number in range(50):
            index.add_text(text(number), title=title(number))
    (tmp_path / "log").write_text("".join(f"added {number}\n" for number in range(50)) + "done\n")
    sizes = []
    for questions in (1_000, 9_000):
        output, _ = visit(url, tmp_path / "log", 20, questions).communicate(timeout=3_000)
        assert json.loads(output)["wrong"] == []
        gc.collect()
        sizes.append(size())
    print(f"{sizes[0] / 1e6:.0f} MB after 1,000 questions, {sizes[1] / 1e6:.0f} MB after 10,000")
    assert sizes[1] - sizes[0] < GROWTH
