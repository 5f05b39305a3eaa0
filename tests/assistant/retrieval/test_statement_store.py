"""What people say is kept beside the library, so that each article is read once, and is never out of date."""

import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.retrieval import statement_reading, statement_store
from assistant.retrieval.statement_store import FILE_NAME, StatementStore, published
from index import Index
from index.article import Article
from index.encoding.encoder import Encoder
from index.home import Home
from index.maintenance import announcing

FIRST = (
    "---\npublished: 2026-02-17\n---\n“We will buy a new ferry,” said Ina Tarasenkyi, the mayor of Tolby, on Monday."
)
SECOND = "---\npublished: 2026-02-20\n---\nAron Teld, a teacher, said on Tuesday that the school was safe."


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the articles that have been read for statements."""
    titles: list[str] = []

    def reading(article):  # type: ignore[no-untyped-def]
        titles.append(article.title)
        return statement_reading.statements_in(article)

    monkeypatch.setattr(statement_store, "statements_in", reading)
    return titles


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store is told of what is published, as it is where Talks is installed."""
    monkeypatch.setattr(announcing, "listeners", lambda: (published,))


@pytest.fixture
def untold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcing, "listeners", lambda: ())


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    there = tmp_path / "articles"
    there.mkdir()
    (there / "first.md").write_text(FIRST)
    (there / "second.md").write_text(SECOND)
    yield there


def names(home: Path, encoder: Encoder) -> list[str]:
    with Assistant(home, encoder=encoder) as talks:
        return sorted(each.name for each in talks.people())


def sync(home: Path, folder: Path, encoder: Encoder) -> None:
    with Index(home, encoder=encoder) as index:
        index.sync([folder])


@pytest.mark.usefixtures("told")
def test_a_sync_reads_the_articles_and_the_first_list_of_people_reads_none(
    tmp_path: Path, folder: Path, encoder: Encoder, read: list[str]
) -> None:
    sync(tmp_path / "home", folder, encoder)
    assert sorted(read) == ["first", "second"]
    assert names(tmp_path / "home", encoder) == ["Aron Teld", "Ina Tarasenkyi"]
    with Assistant(tmp_path / "home", encoder=encoder) as talks:
        said = talks.statements("Tarasenkyi")
        assert [each.date and each.date.words for each in said] == ["on Monday"]
    assert len(read) == 2


@pytest.mark.parametrize("listening", ["told", "untold"])
def test_edited_and_removed_articles_leave_nothing_behind(
    tmp_path: Path, folder: Path, encoder: Encoder, request: pytest.FixtureRequest, listening: str
) -> None:
    request.getfixturevalue(listening)
    home = tmp_path / "home"
    sync(home, folder, encoder)
    assert names(home, encoder) == ["Aron Teld", "Ina Tarasenkyi"]
    (folder / "first.md").write_text(FIRST.replace("Ina Tarasenkyi", "Mira Holt"))
    (folder / "second.md").unlink()
    sync(home, folder, encoder)
    assert names(home, encoder) == ["Mira Holt"]
    with Assistant(home, encoder=encoder) as talks:
        assert talks.statements("Tarasenkyi") == talks.statements("Teld") == ()
        assert [each.quote for each in talks.statements("Holt")] == [
            FIRST.rpartition("\n")[2].replace("Ina Tarasenkyi", "Mira Holt")
        ]
    with sqlite3.connect(home / FILE_NAME) as db:
        assert db.execute("SELECT COUNT(*) FROM articles").fetchone() == (1,)


@pytest.mark.usefixtures("untold")
def test_a_corrected_date_moves_what_was_said_on_monday(tmp_path: Path, folder: Path, encoder: Encoder) -> None:
    home = tmp_path / "home"
    sync(home, folder, encoder)
    with Index(home, encoder=encoder) as index, Assistant(home, encoder=encoder) as talks:
        before = talks.statements("Tarasenkyi")[0].date
        article = next(each.id for each in index.articles() if each.title == "first")
        index.correct(article, {"published": date(2026, 2, 24)})
        after = talks.statements("Tarasenkyi")[0].date
    assert before is not None and after is not None
    assert (after.day - before.day).days == 7


@pytest.mark.usefixtures("untold")
def test_other_rules_read_the_articles_anew(
    tmp_path: Path, folder: Path, encoder: Encoder, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(tmp_path / "home", folder, encoder)
    names(tmp_path / "home", encoder)
    names(tmp_path / "home", encoder)
    assert len(read) == 2
    monkeypatch.setattr(statement_store, "rules", lambda: "others")
    names(tmp_path / "home", encoder)
    assert len(read) == 4


@pytest.mark.usefixtures("untold")
def test_a_reading_that_was_cut_short_goes_on_from_there(
    tmp_path: Path, folder: Path, encoder: Encoder, read: list[str]
) -> None:
    sync(tmp_path / "home", folder, encoder)
    store = StatementStore(Home(tmp_path / "home"))
    with Index(tmp_path / "home", encoder=encoder) as index:
        store.put([index.article(each.id) for each in index.articles()[:1]])
    store.close()
    assert names(tmp_path / "home", encoder) == ["Aron Teld", "Ina Tarasenkyi"]
    assert len(read) == 2


@pytest.mark.usefixtures("untold")
def test_a_damaged_file_is_made_anew(tmp_path: Path, folder: Path, encoder: Encoder) -> None:
    home = tmp_path / "home"
    sync(home, folder, encoder)
    assert names(home, encoder)
    (home / FILE_NAME).write_bytes(b"no database" * 500)
    assert names(home, encoder) == ["Aron Teld", "Ina Tarasenkyi"]


def test_a_listener_that_fails_leaves_the_library_as_it_was_published(
    tmp_path: Path, folder: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(announcing, "listeners", lambda: (failing,))
    sync(tmp_path / "home", folder, encoder)
    assert "no room" in caplog.text
    assert names(tmp_path / "home", encoder) == ["Aron Teld", "Ina Tarasenkyi"]


def test_an_installed_talks_is_told_of_what_is_published() -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, name = project["entry-points"][announcing.GROUP]["statements"].partition(":")
    assert getattr(import_module(module), name) is published


def test_what_each_sentence_of_a_statement_is_comes_back_as_it_was_read(tmp_path: Path) -> None:
    """A statement may begin with retold words and go on with quoted ones."""
    text = "Ina Vollan said that the ferry was late. “It is the ice,” she said. Nobody else spoke."
    article = Article(id="a", title="Ferry", text=text, source="")
    with closing(StatementStore(Home(tmp_path))) as store:
        [read] = store.put([article])["a"]
        assert [speaker.kind for _, speaker in read.parts] == ["reported", "direct"]
        assert store.kept([article]) == {"a": (read,)}
