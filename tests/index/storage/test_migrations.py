"""Files of every released version open as if they were new, and those of a newer one are not touched.

`tests/schemas/NAME-VERSION.sql` is such a file as that version left it. One is added with each new step, and none is
ever changed: each is what somebody has on disk.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.conversations import schema as conversations
from assistant.conversations.store import ConversationError, Conversations
from assistant.web.access import database as accounts
from index import Index, LibraryError
from index.encoding.encoder import Encoder
from index.storage import catalog
from index.storage.migrations import NewerSchemaError, Step, migrate, schema_version

SCHEMAS = Path(__file__).with_name("schemas")
#: What has a schema in a home: the name of its files in SCHEMAS -> the steps that lead to the newest.
KINDS: dict[str, Sequence[Step]] = {
    "catalog": catalog.STEPS,
    "conversations": conversations.STEPS,
    "accounts": accounts.STEPS,
}
RELEASED = [(name, version) for name, steps in KINDS.items() for version in range(1, len(steps) + 1)]
OWNER, ASKED = "reader", "When did the harbour of Porto Sereno open?"


def put(home: Path, name: str, version: int) -> Path:
    """Lay a file of a released version in a home."""
    file = home / f"{name}.sqlite3"
    with closing(sqlite3.connect(file)) as db:
        db.executescript((SCHEMAS / f"{name}-{version}.sql").read_text(encoding="utf-8"))
    return file


def schema(db: sqlite3.Connection) -> set[tuple[str, str]]:
    rows = db.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
    return {(name, " ".join(sql.replace('"', "").split())) for name, sql in rows}


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.execute("PRAGMA foreign_keys = ON")
        yield made


@pytest.mark.parametrize(("name", "version"), RELEASED)
def test_a_file_of_a_released_version_comes_to_the_schema_of_a_new_one(
    name: str, version: int, db: sqlite3.Connection, tmp_path: Path
) -> None:
    migrate(db, KINDS[name])
    with closing(sqlite3.connect(put(tmp_path, name, version), isolation_level=None)) as old:
        assert migrate(old, KINDS[name]) == version
        assert schema(old) == schema(db)
        assert schema_version(old) == len(KINDS[name])


@pytest.mark.parametrize(("name", "version"), RELEASED)
def test_no_step_that_was_released_has_been_edited(
    name: str, version: int, db: sqlite3.Connection, tmp_path: Path
) -> None:
    migrate(db, KINDS[name][:version])
    with closing(sqlite3.connect(put(tmp_path, name, version))) as released:
        assert schema(released) == schema(db)


@pytest.mark.parametrize("version", range(1, len(catalog.STEPS) + 1))
def test_a_library_of_a_released_version_holds_its_articles_and_answers(
    version: int, home_of_its_own: Path, encoder: Encoder
) -> None:
    put(home_of_its_own, "catalog", version)
    with Index(encoder=encoder) as index:
        assert [article.title for article in index.articles()] == ["Harbour opens again", "mill"]
        index.rebuild()
        assert index.check().ok
    with Assistant(encoder=encoder) as talks:
        assert "opened again on Monday" in talks.ask(ASKED).text


@pytest.mark.parametrize("version", range(1, len(conversations.STEPS) + 1))
def test_conversations_of_a_released_version_are_there_for_their_owner(version: int, home_of_its_own: Path) -> None:
    put(home_of_its_own, "catalog", 1)
    put(home_of_its_own, "conversations", version)
    with closing(Conversations(home_of_its_own)) as kept:
        (summary,) = kept.list(OWNER)
        (turn,) = kept.turns(summary.id, OWNER)
        assert (turn.question, turn.liked) == (ASKED, True)
        assert turn.answer.citations[0].article.title == "Harbour opens again"


@pytest.mark.parametrize(("name", "error"), [("catalog", LibraryError), ("conversations", ConversationError)])
def test_a_file_of_a_newer_talks_is_refused_and_left_as_it_is(
    name: str, error: type[Exception], home_of_its_own: Path
) -> None:
    file = put(home_of_its_own, name, 1)
    newer = len(KINDS[name]) + 1
    with closing(sqlite3.connect(file)) as db:
        db.execute(f"PRAGMA user_version = {newer}")
    with pytest.raises(error, match=rf"newer Talks \(its schema is {newer}, this one knows {newer - 1}\): update"):
        Index(home_of_its_own) if name == "catalog" else Conversations(home_of_its_own)
    with closing(sqlite3.connect(file)) as db:
        assert schema_version(db) == newer


FIRST = "CREATE TABLE papers (id INTEGER PRIMARY KEY); CREATE TABLE pages (paper REFERENCES papers(id));\n"
TRIGGER = (
    "CREATE TRIGGER t AFTER INSERT ON papers BEGIN\nDELETE FROM pages;\nINSERT INTO pages VALUES (NEW.id);\nEND;\n"
)


def test_steps_are_done_once_each_in_order_and_a_trigger_stays_whole(db: sqlite3.Connection) -> None:
    done: list[int] = []
    steps: list[Step] = [FIRST.replace("; ", ";\n"), lambda _: done.append(2), TRIGGER]
    assert (migrate(db, steps[:1]), migrate(db, steps), migrate(db, steps)) == (0, 1, 3)
    assert done == [2]
    db.execute("INSERT INTO papers VALUES (7)")
    assert db.execute("SELECT paper FROM pages").fetchall() == [(7,)]


def test_a_step_that_fails_leaves_the_file_after_the_one_before(db: sqlite3.Connection) -> None:
    steps = ["CREATE TABLE papers (id);", "CREATE TABLE pages (id);\nINSERT INTO nowhere VALUES (1);"]
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrate(db, steps)
    assert schema_version(db) == 1
    assert {name for name, _ in schema(db)} == {"papers"}


def test_a_step_may_put_a_table_in_the_place_of_another_but_leave_nothing_that_belongs_to_nobody(
    db: sqlite3.Connection,
) -> None:
    migrate(db, [FIRST.replace("; ", ";\n")])
    db.executescript("INSERT INTO papers VALUES (7); INSERT INTO pages VALUES (7);")
    again = (
        "CREATE TABLE newer (id INTEGER PRIMARY KEY, title);\nINSERT INTO newer SELECT id, 'x' FROM papers;\n"
        "DROP TABLE papers;\nALTER TABLE newer RENAME TO papers;\n"
    )
    migrate(db, ["", again])
    assert db.execute("SELECT paper FROM pages").fetchall() == [(7,)]
    assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
    with pytest.raises(sqlite3.IntegrityError, match="rows of pages"):
        migrate(db, ["", "", "DELETE FROM papers;"])
    assert schema_version(db) == 2


def test_a_newer_file_is_an_error_of_its_own(db: sqlite3.Connection) -> None:
    migrate(db, ["", ""])
    with pytest.raises(NewerSchemaError):
        migrate(db, [""])
