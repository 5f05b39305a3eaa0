"""What all tests of the door share: a clock that goes only when told, and hashes that cost little."""

import asyncio
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI

from assistant.service import Service
from assistant.settings import Settings
from assistant.web.access import passwords
from assistant.web.access.accounts import Accounts, Role, WrongPassword
from assistant.web.server import configure, create_app, keep_quiet, listen
from index.encoding.encoder import Encoder
from tests.running import run_beside


class Clock:
    """Seconds that go by only when the test says so."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real argon2id with the least of time and memory; what is really taken, one test looks at."""
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


GOOD, OTHER = "tulip window raft seventeen", "granite spoon violet eleven"
HERE, THERE = "192.0.2.7", "198.51.100.9"
#: The people of these tests, and what they may do.
PEOPLE: dict[str, Role] = {"anna": "editor", "rita": "reader", "bob": "reader"}


@dataclass
class Closed:
    """The whole page behind its door, on a home of three accounts."""

    home: Path
    encoder: Encoder
    settings: Settings
    url: str = ""
    service: Service = field(init=False)
    app: FastAPI = field(init=False)
    page: Any = None
    _end: Callable[[], None] = field(default=lambda: None)

    def start(self) -> "Closed":
        listening = listen(self.settings)
        port = listening.getsockname()[1]
        self.url = f"{'https' if self.settings.tls_cert else 'http'}://127.0.0.1:{port}"
        self.service = Service(self.settings, encoder=self.encoder)
        with ThreadPoolExecutor(1) as beside:  # Gradio without a running loop leaves loops open
            self.app = beside.submit(lambda: asyncio.run(self._made())).result()
        self._end = run_beside(configure(self.app, self.settings), listening)
        assert self.service.wait(120)
        return self

    async def _made(self) -> FastAPI:
        keep_quiet(self.settings)
        from assistant.web.ui.page import MOUNT, build

        self.page = build(self.service)
        return create_app(self.service, self.page, **MOUNT)

    def stop(self) -> None:
        self._end()

    @property
    def accounts(self) -> Accounts:
        """The accounts, opened beside the server as by `talks user`."""
        return Accounts(self.home)

    def browser(self, **options: Any) -> httpx.Client:
        """A browser that was never here."""
        return httpx.Client(base_url=self.url, timeout=60, follow_redirects=False, **options)

    def log_in(self, client: httpx.Client, name: str, password: str = GOOD, **headers: str) -> httpx.Response:
        """Fill in the form and send it."""
        form = re.search(r'name="form" value="(\w+)"', client.get("/login").text)
        sent = {"form": form[1] if form else "", "name": name, "password": password}
        return client.post("/login", data=sent, headers=headers)

    def logged_in(self, name: str) -> httpx.Client:
        """Somebody who is in, by a session made in the home; a login by the form takes the time of its hash."""
        with self.accounts as accounts:
            token = accounts.sessions.begin(accounts.find(name).id)
        return self.browser(cookies={"talks-session": token})


def people(home: Path) -> None:
    """Make the three accounts."""
    with Accounts(home) as accounts:
        for name, role in PEOPLE.items():
            accounts.add(name, GOOD, role)


@pytest.fixture(scope="session")
def closed(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Closed]:
    """The page on the shipped brief, with accounts, served on loopback."""
    home = tmp_path_factory.mktemp("closed")
    people(home)
    settings = Settings.read(home=home, port=0, logins_per_minute=1_000)
    found = Closed(home, encoder, settings).start()
    yield found
    found.stop()


@pytest.fixture
def as_nobody(closed: Closed) -> Iterator[httpx.Client]:
    with closed.browser() as client:
        yield client


@pytest.fixture
def as_reader(closed: Closed) -> Iterator[httpx.Client]:
    with closed.logged_in("rita") as client:
        yield client


@pytest.fixture
def as_editor(closed: Closed) -> Iterator[httpx.Client]:
    with closed.logged_in("anna") as client:
        yield client


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Iterator[Accounts]:
    """The accounts of one home, with Anna's."""
    with Accounts(tmp_path, clock=clock) as found:
        found.add("Anna", GOOD, "editor")
        yield found


def fail(accounts: Accounts, times: int, name: str = "anna", address: str = HERE) -> None:
    for _ in range(times):
        with pytest.raises(WrongPassword):
            accounts.check(name, OTHER, address)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are compared at once, where a test needs very many of them."""
    monkeypatch.setattr(
        "assistant.web.access.accounts.matches", lambda kept, password: kept is not None and password == GOOD
    )


def content(accounts: Accounts) -> bytes:
    """All that lies on the disk."""
    return b"".join(file.read_bytes() for file in accounts.home.folder.glob("accounts.sqlite3*"))
