"""A part of the index that is damaged, gone, or of another library is noticed before it is opened, and done without.

Chroma and Tantivy end the whole process on some of these files, and answer from nothing on others.
"""

import random
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.request import Request
from assistant.service import Service
from assistant.settings import Settings
from index import DamagedIndexError, Index, Progress
from index.encoding.encoder import Encoder
from index.progress import Watch
from index.storage import integrity
from index.storage.vectors import local as vectors_on_disk

PLACES = ["Kamenka", "Odesa", "Porto Sereno", "Norhaven", "Oldwick", "Mere", "Lund", "Travemark"]
QUESTION, ANSWER = (
    "Who closed the bridge at Norhaven?",
    "The engineer Petra Valk closed the bridge at Norhaven on Monday",
)

#: What each store is named, and the files of it that are damaged in turn.
FILES = {
    "vectors": ["data_level0.bin", "header.bin", "index_metadata.pickle", "chroma.sqlite3"],
    "words": ["meta.json", "*.idx", "*.term", "*.fast"],
    "tokens": ["tokens.sqlite3"],
}
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda data: b"",
    "cut in half": lambda data: data[: len(data) // 2],
    "zeroed": lambda data: bytes(len(data)),
    "overwritten": lambda data: random.Random(1).randbytes(len(data)),
}
LEFT = {"vectors": "from the articles' words alone", "words": "by meaning alone", "tokens": "more slowly"}


@pytest.fixture(scope="module")
def small_graphs() -> Iterator[None]:
    """Chroma writes its graph to files from a thousand passages on; here from ten."""
    before = dict(vectors_on_disk.GRAPH)
    vectors_on_disk.GRAPH.update(sync_threshold=10, batch_size=5)
    yield
    vectors_on_disk.GRAPH.clear()
    vectors_on_disk.GRAPH.update(before)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, small_graphs: None) -> Path:
    """A library, one article of which was taken out; `before` holds it as it was until then."""
    folder = tmp_path_factory.mktemp("made")
    for name in ("library", "other"):
        articles = folder / f"{name}-articles"
        articles.mkdir()
        for place in PLACES:
            text = f"The engineer Petra Valk closed the bridge at {place} on Monday. Ferries sail instead, she said."
            (articles / f"{place}.txt").write_text(f"{text}\n\nIn {place}, the {name} harvest was good this year.")
        (articles / "Gone.txt").write_text("The mayor of Gone closed the bridge at Norhaven, a report had claimed.")
        with Index(folder / name, encoder=encoder) as index:
            index.sync([articles])
    shutil.copytree(folder / "library", folder / "before")
    with Index(folder / "library", encoder=encoder) as index:
        index.remove(next(article.id for article in index.articles() if article.title == "Gone"))
    assert list((folder / "library").rglob("index_metadata.pickle"))
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "library", tmp_path / "home"))


def the_file(home: Path, store: str, pattern: str) -> Path:
    """The largest file of that name in a store."""
    return max((home / store).rglob(pattern), key=lambda path: path.stat().st_size)


def notice_of(home: Path, encoder: Encoder) -> str:
    """What the answer says about the index; the answer itself is right all the same."""
    with Assistant(home, encoder=encoder) as talks:
        answer = talks.ask(QUESTION)
    assert answer.answered
    assert ANSWER in answer.text
    assert "Gone" not in {citation.article.title for citation in answer.citations}
    for citation in answer.citations:
        assert citation.article.text[citation.start : citation.end] == citation.quote
    (notice,) = answer.notices
    assert "\n" not in notice
    return notice


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize(("store", "pattern"), [(store, each) for store, files in FILES.items() for each in files])
def test_a_damaged_file_is_noticed_and_the_question_answered_without_it(
    home: Path, encoder: Encoder, store: str, pattern: str, damage: str
) -> None:
    file = the_file(home, store, pattern)
    file.write_bytes(DAMAGES[damage](file.read_bytes()))
    notice = notice_of(home, encoder)
    assert f"is damaged ({store}/: " in notice
    assert f"questions are answered {LEFT[store]}" in notice
    assert notice.endswith("until it is made anew: run `python -m index rebuild`.")


@pytest.mark.parametrize("store", FILES)
def test_a_folder_that_was_deleted_is_noticed_and_a_rebuild_makes_it_anew(
    home: Path, encoder: Encoder, store: str
) -> None:
    shutil.rmtree(home / store)
    assert f"{store}/: it was deleted" in notice_of(home, encoder)
    with Index(home, encoder=encoder) as index:
        report = index.check()
        assert [problem.split(" ")[0] for problem in report.problems] == [f"{store}/"]
        index.rebuild()
        assert index.check().ok
    with Assistant(home, encoder=encoder) as talks:
        answer = talks.ask(QUESTION)
    assert ANSWER in answer.text
    assert answer.notices == ()


@pytest.mark.parametrize(("source", "said"), [("other", "another library"), ("before", "another version")])
@pytest.mark.parametrize("store", FILES)
def test_a_folder_of_another_library_or_from_a_backup_is_noticed(
    home: Path, made: Path, encoder: Encoder, store: str, source: str, said: str
) -> None:
    shutil.rmtree(home / store)
    shutil.copytree(made / source / store, home / store)
    assert said in notice_of(home, encoder)


def test_a_store_that_fails_while_it_is_open_is_done_without(
    home: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicException(BaseException):
        """What a panic in Rust comes to; no Exception."""

    def panic(*_: object) -> None:
        raise PanicException("index out of bounds: the len is 71 but the index is 71")

    with Assistant(home, encoder=encoder) as talks:
        assert talks.ask(QUESTION).notices == ()
        monkeypatch.setattr("index.storage.bm25_index.WordIndex.search", panic)
        answer = talks.ask(QUESTION)
        assert ANSWER in answer.text
        assert "words/: index out of bounds" in answer.notices[0]


def test_without_words_and_meaning_nothing_is_called_unsaid(home: Path, encoder: Encoder) -> None:
    shutil.rmtree(home / "vectors")
    shutil.rmtree(home / "words")
    with (
        Assistant(home, encoder=encoder) as talks,
        pytest.raises(DamagedIndexError, match=r"vectors/: it was deleted; words/: it was deleted.*index rebuild"),
    ):
        talks.ask(QUESTION)


def test_nobody_writes_to_a_damaged_index(home: Path, encoder: Encoder) -> None:
    file = the_file(home, "words", "*.idx")
    file.write_bytes(bytes(file.stat().st_size))
    with Index(home, encoder=encoder) as index:
        before = index.generation()
        with pytest.raises(DamagedIndexError, match=r"is damaged \(words/: .* was changed\): run"):
            index.add_text("The ferry of Lund sails on Sundays.", title="Ferry")
        assert index.generation() == before
        index.rebuild()
        index.add_text("The ferry of Lund sails on Sundays.", title="Ferry")
        assert index.check().ok


def test_what_a_writer_clears_away_while_a_reader_looks_is_no_damage(
    home: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Index(home, encoder=encoder) as index:
        index.stores.derived.break_seals(index.stores.identity)
    files, listed = integrity.files_in, []

    def list_and_clear_away(folder: Path) -> Iterator[tuple[str, Path]]:
        listed.extend(found := list(files(folder)))
        for name, path in found:
            if name.endswith(".fast"):
                path.unlink()
        yield from found

    monkeypatch.setattr(integrity, "files_in", list_and_clear_away)
    assert (
        integrity.fault(home / "words" / "1", integrity.seal_in(home / "words" / "1").library, lambda: 1, lambda: True)
        is None
    )
    assert [name for name, path in listed if not path.exists()]


@pytest.mark.parametrize("torn", [False, True])
def test_a_writer_that_was_cut_off_is_no_damage_unless_its_graph_is_torn(
    home: Path, encoder: Encoder, torn: bool
) -> None:
    with Index(home, encoder=encoder) as index:
        derived = index.stores.derived
        derived.break_seals(index.stores.identity)
    file = the_file(home, "vectors", "data_level0.bin")
    data = file.read_bytes()
    file.write_bytes(random.Random(2).randbytes(len(data)) if torn else data)
    (home / "vectors" / "1" / "new.bin").touch()
    assert integrity.is_broken(home / "vectors" / "1")
    if torn:
        assert "vectors/: a crash has torn its graph" in notice_of(home, encoder)
        return
    with Index(home, encoder=encoder) as index:
        index.add_text("The ferry of Lund sails on Sundays.", title="Ferry")
        assert index.check().ok
    assert not integrity.is_broken(home / "vectors" / "1")


def test_the_page_makes_a_damaged_index_anew_by_itself_and_says_so_meanwhile(
    home: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, held = threading.Event(), threading.Event()
    rebuild = Index.rebuild

    def slowly(index: Index, *, progress: Watch) -> int:
        progress(Progress(3, len(PLACES)))
        begun.set()
        assert held.wait(60)
        return rebuild(index, progress=progress)

    monkeypatch.setattr(Index, "rebuild", slowly)
    shutil.rmtree(home / "vectors")
    with Service(Settings.read(home=home), encoder=encoder) as service:
        assert begun.wait(60)
        answer = service.ask(Request.of(QUESTION))
        assert ANSWER in answer.text
        assert answer.notices[0].endswith("until it is made anew: that is under way, 3 of 8 articles done.")
        held.set()
        assert service.rebuilding.wait(60)
        answer = service.ask(Request.of(QUESTION))
        assert ANSWER in answer.text
        assert answer.notices == ()
        with service.index() as index:
            assert index.check().ok
