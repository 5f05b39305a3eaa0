"""Nothing leaves this machine: all that the page's process and its libraries look up, connect to and write is noted."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.assistant.web.ui.reader import Reader
from tests.preloaded import preloaded

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[4]
#: Devices, which keep nothing.
NOWHERE = ("/dev/null", "/dev/tty", "/dev/urandom", "/dev/shm/", "/proc/")


@dataclass(frozen=True)
class Witness:
    """A machine on which nothing was ever set, and what is noted on it."""

    folder: Path
    library: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "passing"),
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
            "LD_PRELOAD": self.library,
            "WITNESS": str(self.folder / "noted"),
        }

    @property
    def left(self) -> list[str]:
        """What went to another machine, or was meant to."""
        log = self.folder / "noted"
        noted = log.read_text(errors="replace").splitlines() if log.exists() else []
        found = (re.fullmatch(r"(connects|sends|asks for) (.*)", line) for line in noted)
        return sorted({each[0] for each in found if each and not stays(each[2])})

    @property
    def written(self) -> set[str]:
        """The files and folders that were opened for writing outside the library and the folder for passing files."""
        log = (self.folder / "noted").read_text(errors="replace").splitlines()
        paths = {line.removeprefix("writes ") for line in log if line.startswith("writes ")}
        home = self.folder / "home"
        own = (f"{home}/.local/share/talks/", f"{self.folder}/passing/", *NOWHERE)
        # Where matplotlib is installed, Gradio imports it, and it makes these folders; nothing comes into them.
        empty = [home / ".config" / "matplotlib", home / ".cache" / "matplotlib"]
        made = {str(folder) for each in (Path(own[0]), *empty) for folder in (each, *each.parents)}
        return {path for path in paths if not f"{path}/".startswith(own)} - made

    @property
    def kept(self) -> list[str]:
        """The files that are in the home now, but for the library's own."""
        home = self.folder / "home"
        files = (path.relative_to(home).as_posix() for path in home.rglob("*") if not path.is_dir())
        return sorted(file for file in files if not file.startswith(".local/share/talks/"))


def stays(where: str) -> bool:
    try:
        return ip_address(where).is_loopback
    except ValueError:
        return where == "localhost"


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    for name in ("home", "passing"):
        (tmp_path / name).mkdir()
    library = preloaded((Path(__file__).parent / "witness.c").read_text(encoding="utf-8"), tmp_path)
    return Witness(tmp_path, library)


@pytest.fixture
def page_at(witness: Witness) -> Iterator[str]:
    """The page as somebody opens it who has just installed it: its address."""
    with (witness.folder / "said").open("w") as said:
        command = [sys.executable, ROOT / "app.py", "--port", "0"]
        serving = subprocess.Popen(
            command, env=witness.environment, cwd=witness.folder, stdout=subprocess.PIPE, stderr=said, text=True
        )
        assert serving.stdout is not None
        late = threading.Timer(120, serving.kill)
        late.start()
        try:
            line = serving.stdout.readline()
            found = re.search(r"http://[0-9.]+:\d+", line)
            assert found, (witness.folder / "said").read_text()
            yield found[0]
        finally:
            serving.terminate()
            serving.wait(60)
            late.cancel()
            serving.stdout.close()


def test_a_visit_to_the_page_connects_to_nothing_and_writes_only_to_the_library(
    witness: Witness, page_at: str, browser: Browser
) -> None:
    reader = Reader(browser.new_page(), page_at)
    reader.arrive()
    reader.ask("Who led Russia's delegation in Geneva?")
    reader.paste("Ferry", "The captain Odd Sivertsen said that the ferry of Norhaven sails again in May.")
    reader.says("1 added.")
    reader.go_to("Chat")
    reader.ask("When does the ferry of Norhaven sail again?")
    expect(reader.answer.locator("blockquote").first).to_contain_text("in May")
    reader.page.close()
    assert reader.wrongs == []
    assert witness.left == []
    assert witness.written == set()
    assert witness.kept == []


@pytest.mark.slow
@pytest.mark.parametrize("runs", ["", "Bert.fits = lambda folder: False"], ids=["ONNX Runtime", "torch"])
def test_the_commands_connect_to_nothing_and_write_only_to_the_library(witness: Witness, runs: str) -> None:
    """Whether ONNX Runtime runs the model, or torch, as it does others than the default one."""
    articles = witness.folder / "articles"
    articles.mkdir()
    (articles / "ferry.md").write_text("The captain Odd Sivertsen said that the ferry of Norhaven sails again in May.")
    question = "When does the ferry of Norhaven sail again?"
    for module, arguments in {"index": ["sync", str(articles)], "assistant": ["ask", question]}.items():
        program = (
            f"import sys; from index.encoding.onnx_bert import Bert; {runs}\n"
            f"import {module}.cli as c; sys.argv = ['talks', *sys.argv[1:]]; c.app()"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            env=witness.environment,
            cwd=witness.folder,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
    assert "in May" in done.stdout
    assert witness.left == []
    assert witness.written == set()
    assert witness.kept == []


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.setdefaulttimeout(0.01); socket.socket().connect_ex(('192.0.2.1', 9))",
        "import socket; socket.getaddrinfo('news.example', 443)",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 9))",
        "import ctypes; ctypes.CDLL(None).getaddrinfo(b'news.example', None, None, ctypes.byref(ctypes.c_void_p()))",
    ],
)
def test_what_leaves_is_noted(witness: Witness, code: str) -> None:
    subprocess.run([sys.executable, "-c", code], env=witness.environment, capture_output=True)
    assert len(witness.left) == 1


@pytest.mark.parametrize(
    "code",
    [
        "open(home + '/record', 'w').close()",
        "import os; os.mkdir(home + '/record')",
        "import ctypes; ctypes.CDLL(None).fopen(home.encode() + b'/record', b'a')",
        "import os, sqlite3; os.chdir(home); sqlite3.connect('record').execute('CREATE TABLE one (two)')",
    ],
)
def test_what_is_written_elsewhere_is_noted(witness: Witness, code: str) -> None:
    program = f"home = {str(witness.folder / 'home')!r}; {code}"
    subprocess.run([sys.executable, "-c", program], env=witness.environment, capture_output=True)
    assert str(witness.folder / "home" / "record") in witness.written
