"""What a disk does to a library is one sentence, and the library stays as it was.

The disks are real: a small one in memory that is filled or made read-only, and one whose fsync fails.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.conversations.store import Conversations
from assistant.request import Request
from assistant.service import Service
from assistant.settings import Settings
from index import Index, LibraryError, TalksError
from index.encoding.encoder import Encoder
from tests.preloaded import preloaded

ROOT = Path(__file__).parents[3]
MILL = "The mill of Oldwick was sold to the baker Jonas Reed for ninety crowns."
QUESTION = "Who bought the mill of Oldwick?"
LONG = "\n\n".join(
    f"The ferry of Lund sailed {number} times in May, its captain Ida Moor said." for number in range(60)
)

#: Bytes that a nearly full disk has left: each ends a write at another place.
LEFT = [100_000, 300_000, 700_000, 1_500_000]

FAILING_FSYNC = r"""
#include <errno.h>
#include <stdlib.h>
static int left = -1;
static int fails(void) {
    if (left < 0) { const char *first = getenv("FSYNC_FAILS_FROM"); left = first ? atoi(first) : 1 << 30; }
    if (left > 1) { left--; return 0; }
    errno = EIO;
    return 1;
}
int fsync(int file) { return fails() ? -1 : 0; }
int fdatasync(int file) { return fails() ? -1 : 0; }
"""


@contextmanager
def disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of its own, in memory."""
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"only the administrator may mount a disk ({mounted.stderr.decode().strip()})")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture
def home(tmp_path: Path, encoder: Encoder) -> Iterator[Path]:
    """A library on a small disk."""
    if sys.platform != "linux":
        pytest.skip("disks are mounted otherwise here")
    with disk(tmp_path / "disk", "12m") as mounted:
        with Index(mounted / "home", encoder=encoder) as index:
            index.add_text(MILL, title="Mill")
        yield mounted / "home"


def fill(home: Path, left: int) -> Path:
    """Leave so many bytes on the disk of a home."""
    filler = home.parent / "filler"
    free = os.statvfs(home)
    filler.write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - left)))
    return filler


def is_as_it_was(home: Path, encoder: Encoder) -> None:
    with Index(home, encoder=encoder) as index:
        assert index.check().problems == ()
        assert [article.text for article in index.articles()] == [MILL]
    with Assistant(home, encoder=encoder) as talks:
        answer = talks.ask(QUESTION)
    assert MILL in answer.text
    assert answer.notices == ()


def add(index: Index) -> object:
    return index.add_text(LONG, title="Ferry")


def sync(index: Index) -> object:
    folder = index.home.folder.parent.with_name("articles")
    folder.mkdir(exist_ok=True)
    (folder / "ferry.txt").write_text(LONG)
    return index.sync([folder])


def remove(index: Index) -> object:
    return index.remove(index.articles()[0].id)


def restore(index: Index) -> object:
    file = index.home.folder.parent.with_name("backup")
    return Index.restore(file, index.home.folder, encoder=index.encoder)


@pytest.mark.parametrize("left", [0, *(pytest.param(left, marks=pytest.mark.slow) for left in LEFT)])
@pytest.mark.parametrize("write", [add, sync, Index.rebuild, restore])
def test_a_full_disk_is_one_sentence_and_the_library_as_before(
    home: Path, encoder: Encoder, write: Callable[[Index], object], left: int
) -> None:
    with Index(home, encoder=encoder) as index:
        index.backup(home.parent.with_name("backup"))
        filler = fill(home, left)
        try:
            write(index)
        except LibraryError as error:
            assert str(error).startswith(f"The library's folder {home} ")
            assert "has no room left on its disk: free some space" in str(error) or "No space left" in str(error)
            assert "\n" not in str(error)
        else:
            assert left, "with nothing left nothing can be written"
            assert index.check().problems == ()
            return
        finally:
            filler.unlink()
        is_as_it_was(home, encoder)
        write(index)  # once there is room, it works
        assert index.check().problems == ()


def test_on_a_full_disk_nothing_is_removed_in_part(home: Path, encoder: Encoder) -> None:
    with Index(home, encoder=encoder) as index:
        filler = fill(home, 0)
        with pytest.raises(LibraryError, match=r"room left|No space left"):
            index.remove(index.articles()[0].id)
        filler.unlink()
        is_as_it_was(home, encoder)
        index.remove(index.articles()[0].id)
        assert index.check().problems == ()


def test_on_a_full_disk_questions_are_answered_and_a_backup_elsewhere_is_made(home: Path, encoder: Encoder) -> None:
    with Assistant(home, encoder=encoder) as talks, Index(home, encoder=encoder) as index:
        talks.ask(QUESTION)
        fill(home, 0)
        assert MILL in talks.ask(QUESTION).text
        assert index.backup(home.parent.with_name("elsewhere")).articles == 1
        with pytest.raises(TalksError, match=r"The backup .* cannot be written \(.*full"):
            index.backup(home.parent / "here")


def test_a_conversation_that_cannot_be_kept_is_one_sentence(home: Path, encoder: Encoder) -> None:
    with Assistant(home, encoder=encoder) as talks:
        answer = talks.ask(QUESTION)
    kept = Conversations(home)
    conversation = kept.create("reader")
    fill(home, 0)
    with pytest.raises(TalksError, match="has no room left on its disk"):
        for _ in range(100):
            kept.add_turn(conversation, "reader", QUESTION * 50, answer)
    kept.close()


def test_a_read_only_home_is_one_sentence(home: Path, encoder: Encoder) -> None:
    subprocess.run(["mount", "-o", "remount,ro", home.parent], check=True)
    for use in (
        lambda: Index(home, encoder=encoder),
        lambda: Assistant(home, encoder=encoder),
        lambda: Service(Settings.read(home=home), encoder=encoder),
        lambda: Index.restore(home / "catalog.sqlite3", home, encoder=encoder),
    ):
        with pytest.raises(
            LibraryError, match=r"folder .*home cannot be written \(Read-only file system\): make it"
        ) as (caught):
            use()
        assert "\n" not in str(caught.value)
    shown = command("-m", "index", "list", "--home", str(home))
    assert (shown.returncode, shown.stdout) == (1, "")
    assert shown.stderr.startswith("talks: The library's folder")
    assert len(shown.stderr.splitlines()) == 1
    subprocess.run(["mount", "-o", "remount,rw", home.parent], check=True)
    is_as_it_was(home, encoder)


def test_a_home_that_vanishes_is_one_sentence_and_nothing_is_made_in_its_place(
    tmp_path: Path, encoder: Encoder
) -> None:
    home, away = tmp_path / "home", tmp_path / "away"
    with Index(home, encoder=encoder) as index:
        index.add_text(MILL, title="Mill")
    with Service(Settings.read(home=home), encoder=encoder) as service, Index(home, encoder=encoder) as index:
        assert MILL in service.ask(Request.of(QUESTION)).text
        home.rename(away)
        for use in (
            lambda: service.ask(Request.of(QUESTION)),
            lambda: service.retrieve(Request.of(QUESTION)),
            lambda: service.add_text(LONG, title="Ferry"),
            service.entries,
            index.articles,
            lambda: index.add_text(LONG, title="Ferry"),
            index.rebuild,
            index.check,
        ):
            with pytest.raises(LibraryError, match=r"folder .*home is no longer there: put it back") as caught:
                use()
            assert "\n" not in str(caught.value)
        assert not home.exists()
        away.rename(home)
        assert MILL in service.ask(Request.of(QUESTION)).text
        index.add_text(LONG, title="Ferry")
        assert index.check().problems == ()


def command(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    every = [sys.executable, *arguments]
    return subprocess.run(every, cwd=ROOT, capture_output=True, text=True, timeout=120, env=os.environ | settings)


@pytest.fixture(scope="session")
def failing_fsync(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A library that, loaded before all others, has fsync fail; the databases' own calls as well as Python's."""
    return preloaded(FAILING_FSYNC, tmp_path_factory.mktemp("fsync"))


@pytest.mark.parametrize("first", [1, *(pytest.param(first, marks=pytest.mark.slow) for first in (3, 5, 7, 9))])
def test_a_failing_fsync_is_one_sentence_and_the_library_whole(
    tmp_path: Path, encoder: Encoder, failing_fsync: str, first: int
) -> None:
    home, file = tmp_path / "home", tmp_path / "ferry.txt"
    file.write_text(LONG)
    with Index(home, encoder=encoder) as index:
        index.add_text(MILL, title="Mill")
    failed = command(
        *("-m", "index", "add", str(file), "--home", str(home)), LD_PRELOAD=failing_fsync, FSYNC_FAILS_FROM=str(first)
    )
    assert "Traceback" not in failed.stderr
    with Index(home, encoder=encoder) as index:
        assert index.check().problems == ()
        held = {article.text for article in index.articles()}
        if failed.returncode:
            assert failed.returncode == 1
            assert failed.stderr.splitlines()[-1].startswith(f"talks: The library's folder {home} cannot be read or")
            assert "its disk reports errors: check the disk" in failed.stderr
            assert held == {MILL}
        else:
            assert held == {MILL, LONG}  # it was published before
        index.add_text("Rain fell on Mere.", title="Rain")
        assert index.check().problems == ()


def test_the_failing_fsync_is_felt(tmp_path: Path, failing_fsync: str) -> None:
    code = "import os; f = open('x', 'w'); os.fsync(f.fileno())"
    failed = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"LD_PRELOAD": failing_fsync, "FSYNC_FAILS_FROM": "1"},
        capture_output=True,
        text=True,
    )
    assert "Input/output error" in failed.stderr
