"""A library whose vectors lie on a Chroma server keeps every promise that one on the disk keeps."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from index import Index, Progress, VectorServerError
from index.encoding.encoder import Encoder
from index.filters import Filter
from tests.index.storage.vectors.servers import ChromaRun, Proxy

TALKS = "Delegates met in Geneva on Tuesday. They parted without an accord, the mediator said."
BRIDGE = "The bridge at Kamenka reopened on Friday. Engineers had worked on it for nine weeks."
HARVEST = "Farmers near Odesa expect a poor harvest. Rain came too late, their union said."


@pytest.fixture
def stored(index: Index) -> Index:
    """The library with two articles in it."""
    index.add_text(TALKS, title="Talks")
    index.add_text(BRIDGE, title="Bridge")
    return index


@pytest.fixture
def talks(stored: Index, encoder: Encoder) -> Iterator[Assistant]:
    with Assistant(stored.home.folder, encoder=encoder) as opened:
        yield opened


def collections_of(index: Index, chroma: ChromaRun) -> set[str]:
    library = index.stores.catalog.meta("library")
    assert library
    return {name for name in chroma.collections() if library in name}


def titles(index: Index) -> list[str]:
    return sorted(article.title for article in index.articles())


def test_what_is_put_in_is_found_and_what_is_taken_out_is_not(stored: Index, talks: Assistant) -> None:
    answer = talks.ask("When did the bridge at Kamenka reopen?")
    (citation, *_) = answer.citations
    assert citation.quote == "The bridge at Kamenka reopened on Friday."
    assert citation.article.text[citation.start : citation.end] == citation.quote
    stored.remove(citation.article.id)
    assert all(passage.article.title == "Talks" for passage in talks.retrieve("When did the bridge reopen?"))
    assert stored.check().ok


def test_a_library_that_never_held_anything_is_whole(index: Index, encoder: Encoder) -> None:
    assert index.check().problems == ()
    assert index.stores.derived.vectors.search(encoder.encode([TALKS])[0].vector, 3) == {}


def test_the_vectors_lie_on_the_server_and_not_in_the_home(stored: Index, chroma: ChromaRun) -> None:
    assert collections_of(stored, chroma) == {stored.stores.derived.vectors.name}  # type: ignore[attr-defined]
    assert stored.stores.derived.vectors.count() == 2
    assert not stored.home.vectors.exists()


def test_an_assistant_that_was_open_finds_what_comes_in_with_its_filters(stored: Index, talks: Assistant) -> None:
    assert talks.retrieve("harvest near Odesa", 1)[0].article.title != "Harvest"
    stored.add_text(HARVEST, title="Harvest", publisher="Morning Post")
    assert talks.retrieve("harvest near Odesa", 1)[0].article.title == "Harvest"
    assert [each.article.title for each in talks.retrieve("bridge", publisher="morning post")] == ["Harvest"]


def test_a_sync_mirrors_its_folder(index: Index, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "talks.txt").write_text(TALKS)
    (folder / "bridge.txt").write_text(BRIDGE)
    index.sync([folder])
    (folder / "bridge.txt").write_text(BRIDGE + " Traffic was heavy at once.")
    (folder / "talks.txt").unlink()
    index.sync([folder])
    assert [article.text for article in index.articles()] == [BRIDGE + " Traffic was heavy at once."]
    assert index.check().problems == ()


def test_a_rebuild_goes_into_a_collection_of_its_own_and_leaves_one(
    stored: Index, talks: Assistant, chroma: ChromaRun
) -> None:
    (before,) = collections_of(stored, chroma)
    seen: list[set[str]] = []
    found: list[str] = []

    def watch(progress: Progress) -> None:
        if progress.done < progress.total:
            seen.append(collections_of(stored, chroma))
            found.append(talks.retrieve("bridge at Kamenka", 1)[0].article.title)

    stored.rebuild(progress=watch)
    assert all(before in each and len(each) == 2 for each in seen)
    assert set(found) == {"Bridge"}
    (after,) = collections_of(stored, chroma)
    assert after != before
    assert talks.retrieve("bridge at Kamenka", 1)[0].article.title == "Bridge"
    assert stored.check().ok


def test_a_rebuild_that_breaks_off_leaves_the_old_index_and_the_next_write_sweeps(
    stored: Index, chroma: ChromaRun
) -> None:
    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    before = collections_of(stored, chroma)
    with pytest.raises(KeyboardInterrupt):
        stored.rebuild(progress=stop)
    assert stored.check().ok
    assert len(collections_of(stored, chroma)) == 2
    stored.add_text(HARVEST, title="Harvest")
    assert collections_of(stored, chroma) == before
    assert stored.check().ok


def test_libraries_on_one_server_do_not_mix(stored: Index, tmp_path: Path, encoder: Encoder) -> None:
    with Index(tmp_path / "other", encoder=encoder) as other:
        other.add_text(HARVEST, title="Harvest")
        assert other.check().passages == 1
        assert other.check().ok
        vector = encoder.encode([TALKS])[0].vector
        assert len(other.stores.derived.vectors.search(vector, 10, Filter())) == 1
    assert stored.check().ok


class TestMoving:
    def test_a_library_moves_to_the_server_and_back_by_a_rebuild(
        self, proxy: Proxy, tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        home = tmp_path / "moving"
        monkeypatch.delenv("TALKS_CHROMA_URL")
        with Index(home, encoder=encoder) as index:
            index.add_text(TALKS, title="Talks")
        monkeypatch.setenv("TALKS_CHROMA_URL", proxy.url)
        with Index(home, encoder=encoder) as index, Assistant(home, encoder=encoder) as talks:
            sentence = rf"lie on this machine's disk: run `python -m index rebuild` to put them on .*{proxy.url}"
            with pytest.raises(VectorServerError, match=sentence):
                index.add_text(BRIDGE, title="Bridge")
            with pytest.raises(VectorServerError, match=sentence):
                talks.ask("Who met in Geneva?")
            index.rebuild()
            assert not [each for each in index.home.vectors.iterdir() if each.is_dir()]
            index.add_text(BRIDGE, title="Bridge")
            assert talks.ask("Who met in Geneva?").answered
            assert index.check().ok
        monkeypatch.delenv("TALKS_CHROMA_URL")
        with Index(home, encoder=encoder) as index:
            with pytest.raises(VectorServerError, match="lie on a Chroma server: set TALKS_CHROMA_URL to its address"):
                index.check()
            index.rebuild()
            assert index.check().ok

    def test_what_was_left_on_the_server_is_swept_when_the_library_comes_back_to_it(
        self, stored: Index, chroma: ChromaRun, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        url, home = os.environ["TALKS_CHROMA_URL"], stored.home.folder
        monkeypatch.delenv("TALKS_CHROMA_URL")
        with Index(home, encoder=encoder) as index:
            index.rebuild()
            assert len(collections_of(index, chroma)) == 1
        monkeypatch.setenv("TALKS_CHROMA_URL", url)
        with Index(home, encoder=encoder) as index:
            index.rebuild()
            assert collections_of(index, chroma) == {index.stores.derived.vectors.name}  # type: ignore[attr-defined]
            assert index.check().ok


class TestCopies:
    def test_of_two_copies_that_write_the_second_is_told_and_a_rebuild_parts_them(
        self, stored: Index, tmp_path: Path, encoder: Encoder
    ) -> None:
        copy = tmp_path / "copy"
        shutil.copytree(stored.home.folder, copy)
        stored.add_text(HARVEST, title="Harvest")
        with Index(copy, encoder=encoder) as other:
            with pytest.raises(VectorServerError, match=r"last written by another copy of the library in .*/copy"):
                other.add_text("A ferry sank off Yuzhne. All were saved.", title="Ferry")
            assert titles(other) == ["Bridge", "Talks"]
            other.rebuild()
            other.add_text("A ferry sank off Yuzhne. All were saved.", title="Ferry")
            assert other.check().ok
            assert stored.check().ok
            stored.add_text("Snow fell on Lviv all night. Schools stayed shut.", title="Snow")
            assert stored.check().ok
            assert other.check().ok
            assert titles(other) == ["Bridge", "Ferry", "Talks"]

    def test_a_backup_is_put_back_into_a_collection_of_its_own_and_leaves_one(
        self, stored: Index, talks: Assistant, chroma: ChromaRun, tmp_path: Path, encoder: Encoder
    ) -> None:
        stored.backup(tmp_path / "talks.backup")
        stored.add_text(HARVEST, title="Harvest")
        stored.rebuild()
        Index.restore(tmp_path / "talks.backup", stored.home.folder, encoder=encoder)
        with Index(stored.home.folder, encoder=encoder) as index:
            assert titles(index) == ["Bridge", "Talks"]
            assert index.check().problems == ()
            assert len(collections_of(index, chroma)) == 1
        assert talks.ask("When did the bridge at Kamenka reopen?").answered

    def test_a_backup_put_back_elsewhere_leaves_the_library_it_was_made_of_alone(
        self, stored: Index, tmp_path: Path, encoder: Encoder
    ) -> None:
        stored.backup(tmp_path / "talks.backup")
        Index.restore(tmp_path / "talks.backup", tmp_path / "elsewhere", encoder=encoder)
        with Index(tmp_path / "elsewhere", encoder=encoder) as other:
            other.add_text(HARVEST, title="Harvest")
            assert other.check().problems == ()
        assert stored.check().problems == ()
        stored.add_text(HARVEST, title="Harvest")

    def test_a_writer_that_was_cut_off_after_its_stamp_is_still_known(self, stored: Index) -> None:
        catalog = stored.stores.catalog
        stamp = catalog.meta("stamp")
        assert stamp
        with catalog.transaction():
            catalog.set_meta("next_stamp", stamp)
            catalog.set_meta("stamp", "the one before")
        stored.add_text(HARVEST, title="Harvest")
        assert titles(stored) == ["Bridge", "Harvest", "Talks"]

    def test_vectors_that_were_deleted_on_the_server_are_said_to_be_missing_and_made_anew(
        self, stored: Index, talks: Assistant, chroma: ChromaRun
    ) -> None:
        (name,) = collections_of(stored, chroma)
        chroma.delete(name)
        with pytest.raises(VectorServerError, match=r"holds no vectors of this library: .*`python -m index rebuild`"):
            stored.add_text(HARVEST, title="Harvest")
        stored.rebuild()
        assert stored.check().ok
        assert talks.ask("When did the bridge at Kamenka reopen?").answered
