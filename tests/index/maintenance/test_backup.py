"""A backup is the library in one file, and putting it back gives that library, or leaves the one that is there."""

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import Assistant
from index import BackupError, Index, LibraryBusyError, TalksError
from index.cli.main import app
from index.encoding.encoder import Encoder
from index.home import Home

MILL = "The mill of Oldwick was sold to the baker Jonas Reed for ninety crowns."
FERRY = "The ferry of Lund sails on Sundays, the captain Ida Moor said."


@pytest.fixture
def home(home_of_its_own: Path, encoder: Encoder) -> Path:
    with Index(encoder=encoder) as index:
        index.add_text(MILL, title="Mill")
    return home_of_its_own


@pytest.fixture
def backup(home: Path, encoder: Encoder, tmp_path: Path) -> Path:
    """A backup that holds the mill, where the library has since got the ferry and lost the mill."""
    file = tmp_path / "backup.sqlite3"
    with Index(encoder=encoder) as index:
        assert index.backup(file).articles == 1
        index.add_text(FERRY, title="Ferry")
        index.remove(next(each.id for each in index.articles() if each.title == "Mill"))
    return file


def titles(encoder: Encoder) -> list[str]:
    with Index(encoder=encoder) as index:
        assert index.check().problems == ()
        return sorted(article.title for article in index.articles())


def test_a_backup_put_back_is_the_library_again_and_readers_follow(backup: Path, home: Path, encoder: Encoder) -> None:
    with Assistant(encoder=encoder) as talks:
        assert "Ida Moor" in talks.ask("Who said that the ferry of Lund sails on Sundays?").text
        assert Index.restore(backup, encoder=encoder).articles == 1
        assert "Jonas Reed" in talks.ask("Who bought the mill of Oldwick?").text
        assert "Ida Moor" not in talks.ask("Who said that the ferry of Lund sails on Sundays?").text
    assert titles(encoder) == ["Mill"]


def test_what_a_restore_replaced_can_be_put_back_as_well(backup: Path, home: Path, encoder: Encoder) -> None:
    Index.restore(backup, encoder=encoder)
    Index.restore(home / "replaced.sqlite3", encoder=encoder)
    assert titles(encoder) == ["Ferry"]
    assert not list(home.glob("restoring*"))


def test_a_backup_becomes_the_library_of_another_home(backup: Path, tmp_path: Path, encoder: Encoder) -> None:
    Index.restore(backup, tmp_path / "other", encoder=encoder)
    with Assistant(tmp_path / "other", encoder=encoder) as talks:
        assert "Jonas Reed" in talks.ask("Who bought the mill of Oldwick?").text


def test_a_damaged_catalog_is_named_with_what_mends_it_and_a_restore_does(
    backup: Path, home: Path, encoder: Encoder
) -> None:
    catalog = Home(home).catalog
    catalog.write_bytes(b"\x00" * catalog.stat().st_size)
    with pytest.raises(
        TalksError, match=r"catalog.sqlite3 cannot be opened .* put back a backup with `python -m index"
    ):
        Index(encoder=encoder)
    Index.restore(backup, encoder=encoder)
    assert titles(encoder) == ["Mill"]
    assert (home / "damaged.sqlite3").exists()


def test_a_backup_is_whole_while_others_write(home: Path, encoder: Encoder, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with Index(encoder=encoder) as index:
            for number in range(1000):
                if stop.is_set():
                    return
                article = index.add_text(f"{FERRY} It sailed {number} times.", title=f"Ferry {number}")
                index.remove(article.id)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with Index(encoder=encoder) as index:
            for number in range(5):
                file = tmp_path / f"{number}.sqlite3"
                made = index.backup(file)
                with closing(sqlite3.connect(file)) as db:
                    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                    cut = "SELECT COUNT(DISTINCT article) FROM passages JOIN articles ON id = article"
                    assert db.execute(cut).fetchone()[0] == made.articles
    finally:
        stop.set()
        writer.join()
    assert sorted(path.name for path in tmp_path.glob("*.sqlite3*")) == [f"{number}.sqlite3" for number in range(5)]


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA user_version = 99")


def other_words(file: Path) -> None:
    """As a disk does it, of which SQLite notices nothing."""
    data = file.read_bytes()
    assert data.count(b"Jonas Reed") == 1
    file.write_bytes(data.replace(b"Jonas Reed", b"Jonas Beed"))


def torn(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096 * 2 : 4096 * 6] = bytes(4096 * 4)
    file.write_bytes(data)


def no_library(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (Path.unlink, "is not there: check the path of the backup"),
        (lambda file: file.write_text("Dear diary"), "is not a backup of a Talks library"),
        (no_library, "is not a backup of a Talks library"),
        (newer, r"was made by a newer Talks \(its schema is 99"),
        (torn, "is damaged .*the library is as it was"),
        (other_words, "is damaged .the words of “Mill” are not those that were put in"),
    ],
)
def test_what_is_no_whole_backup_is_one_sentence_and_changes_nothing(
    backup: Path, home: Path, encoder: Encoder, spoil: Callable[[Path], object], said: str
) -> None:
    spoil(backup)
    before = sorted(path.name for path in home.iterdir())
    with pytest.raises(BackupError, match=said) as caught:
        Index.restore(backup, encoder=encoder)
    assert "\n" not in str(caught.value)
    assert sorted(path.name for path in home.iterdir()) == before
    assert titles(encoder) == ["Ferry"]


def test_nothing_is_restored_while_another_process_writes(backup: Path, home: Path, encoder: Encoder) -> None:
    with Home(home).writing(), pytest.raises(LibraryBusyError, match="is being written by process"):
        Index.restore(backup, encoder=encoder, patience=0.1)
    assert titles(encoder) == ["Ferry"]


def test_a_restore_that_fails_on_the_way_leaves_the_library(
    backup: Path, home: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.storage.bm25_index.WordIndex.write", fail)
    with pytest.raises(TalksError, match=r"has no room left on its disk"):
        Index.restore(backup, encoder=encoder)
    monkeypatch.undo()
    monkeypatch.setenv("TALKS_HOME", str(home))
    assert titles(encoder) == ["Ferry"]
    assert not list(home.glob("restoring*"))


def test_a_backup_takes_the_place_of_no_other_file(home: Path, encoder: Encoder, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear editor")
    with Index(encoder=encoder) as index:
        for file in (tmp_path / "letter.txt", tmp_path, home / "catalog.sqlite3", home / "catalog.sqlite3-wal"):
            with pytest.raises(BackupError, match=r"is something else than|cannot hold a backup"):
                index.backup(file)
        with pytest.raises(BackupError, match=r"nowhere/b cannot be written .*check its folder"):
            index.backup(tmp_path / "nowhere" / "b")
    assert (tmp_path / "letter.txt").read_text() == "Dear editor"


def test_a_backup_that_fails_leaves_the_one_before(
    backup: Path, home: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = backup.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.maintenance.backup.os.fsync", fail)
    with Index(encoder=encoder) as index, pytest.raises(BackupError, match="No space left on device"):
        index.backup(backup)
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


@pytest.fixture
def one_encoder(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("index.library.Encoder", lambda model: encoder)
    yield


def test_the_commands_do_it(home: Path, tmp_path: Path, one_encoder: None, encoder: Encoder) -> None:
    file = tmp_path / "backup.sqlite3"
    made = CliRunner().invoke(app, ["backup", str(file)])
    assert made.exit_code == 0, made.output
    assert made.stdout.startswith(f"Backed up 1 article to {file} (")
    with Index(encoder=encoder) as index:
        index.remove(index.articles()[0].id)
    restored = CliRunner().invoke(app, ["restore", str(file), "--json"])
    assert restored.exit_code == 0, restored.output
    assert '"articles": 1' in restored.stdout
    assert titles(encoder) == ["Mill"]
    shutil.rmtree(tmp_path)
    failed = CliRunner().invoke(app, ["restore", str(file)])
    assert failed.exit_code == 1
    assert failed.stderr == f"talks: {file} is not there: check the path of the backup.\n"
