"""What a user can rely on of the library: what is in, what is out, and what is said when something is wrong."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index import ArticleError, Index, LibraryBusyError, LibraryError, OtherEncoderError, Progress, TalksError
from index.encoding.encoder import Encoded, Encoder
from index.filters import Filter
from index.storage.records import article_row

TALKS = "Delegates met in Geneva on Tuesday. They parted without an accord, the mediator said."
BRIDGE = "The bridge at Kamenka reopened on Friday. Engineers had worked on it for nine weeks."
HARVEST = "Farmers near Odesa expect a poor harvest. Rain came too late, their union said."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    (made / "talks.txt").write_text(TALKS)
    (made / "bridge.txt").write_text(BRIDGE)
    return made


@pytest.fixture
def index(tmp_path: Path, encoder: Encoder) -> Iterator[Index]:
    with Index(tmp_path / "library", encoder=encoder, patience=0.2) as opened:
        yield opened


def titles(index: Index) -> list[str]:
    return sorted(article.title for article in index.articles())


class TestSync:
    def test_a_folder_comes_in_whole_and_a_second_sync_reads_nothing(self, index: Index, folder: Path) -> None:
        first, second = index.sync([folder]), index.sync([folder])
        assert len(first.added) == 2
        assert (second.added, second.changed, second.removed, second.unchanged) == ((), (), (), 2)
        assert index.check().ok

    def test_a_file_of_the_same_size_and_time_is_not_read_again(self, index: Index, folder: Path) -> None:
        index.sync([folder])
        file = min(folder.iterdir())
        was = file.stat()
        file.write_bytes(bytes(was.st_size))  # which would be refused if it were read
        os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
        report = index.sync([folder])
        assert (report.unchanged, report.changed, report.failed) == (2, (), ())

    def test_a_file_that_changed_keeps_the_id_of_its_article(self, index: Index, folder: Path) -> None:
        index.sync([folder])
        before = {article.source: article.id for article in index.articles()}
        (folder / "bridge.txt").write_text(BRIDGE + " Traffic was heavy at once.")
        report = index.sync([folder])
        assert [article.title for article in report.changed] == ["bridge"]
        assert {article.source: article.id for article in index.articles()} == before
        assert "Traffic was heavy" in report.changed[0].text
        assert index.check().ok

    def test_a_file_that_is_gone_takes_its_article_with_it(self, index: Index, folder: Path) -> None:
        index.sync([folder])
        (folder / "talks.txt").unlink()
        assert [article.title for article in index.sync([folder]).removed] == ["talks"]
        assert titles(index) == ["bridge"]
        assert index.check().ok

    def test_a_folder_that_is_gone_takes_nothing_with_it(self, index: Index, folder: Path, tmp_path: Path) -> None:
        index.sync([folder])
        folder.rename(tmp_path / "elsewhere")
        report = index.sync([folder])
        assert "is not there" in report.failed[0].reason
        assert titles(index) == ["bridge", "talks"]

    def test_other_folders_and_single_articles_are_left_alone(self, index: Index, folder: Path, tmp_path: Path) -> None:
        index.add_text(HARVEST, title="Harvest")
        other = tmp_path / "other"
        other.mkdir()
        (other / "third.md").write_text("# Third\n\nA third article stands here.")
        index.sync([folder])
        index.sync([other])
        assert titles(index) == ["Harvest", "Third", "bridge", "talks"]

    def test_a_file_that_cannot_be_read_is_reported_and_the_rest_goes_on(self, index: Index, folder: Path) -> None:
        (folder / "a-broken.pdf").write_bytes(b"%PDF-1.7 and no more")
        (folder / "b-empty.txt").write_text("")
        report = index.sync([folder])
        assert len(report.added) == 2
        assert [Path(failure.source).name for failure in report.failed] == ["a-broken.pdf", "b-empty.txt"]
        assert all("\n" not in failure.reason for failure in report.failed)

    def test_what_a_file_gave_before_it_broke_is_kept(self, index: Index, folder: Path) -> None:
        index.sync([folder])
        (folder / "talks.txt").write_bytes(b"\x00\x01\x02" * 100)
        assert len(index.sync([folder]).failed) == 1
        assert titles(index) == ["bridge", "talks"]

    def test_the_same_words_in_two_files_are_one_article_until_both_are_gone(self, index: Index, folder: Path) -> None:
        (folder / "copy.txt").write_text(TALKS)
        report = index.sync([folder])
        assert len(report.added) == 2
        assert len(report.same) == 1
        (folder / "copy.txt").unlink()
        index.sync([folder])
        assert len(index.articles()) == 2
        (folder / "talks.txt").unlink()
        index.sync([folder])
        assert titles(index) == ["bridge"]

    def test_a_file_that_was_moved_is_the_same_article(self, index: Index, folder: Path) -> None:
        index.sync([folder])
        before = {article.id for article in index.articles()}
        (folder / "later").mkdir()
        (folder / "talks.txt").rename(folder / "later" / "talks.txt")
        index.sync([folder])
        assert {article.id for article in index.articles()} == before
        assert str(folder / "later" / "talks.txt") in {article.source for article in index.articles()}
        assert index.check().ok

    def test_progress_is_told_in_articles_done_of_all(self, index: Index, folder: Path) -> None:
        told: list[Progress] = []
        index.sync([folder], progress=told.append)
        assert [(each.done, each.total) for each in told] == [(0, 2), (1, 2), (2, 2)]

    def test_pages_that_all_name_the_front_page_stay_articles_of_their_own(self, index: Index, folder: Path) -> None:
        for name, words in (("harvest", HARVEST), ("ferry", "The ferry to Velden sank. Nobody was on board, it said.")):
            head = f'<title>{name} news</title><link rel="canonical" href="https://paper.example/">'
            (folder / f"{name}.html").write_text(f"<html><head>{head}</head><body><p>{words}</p></body></html>")
        assert len(index.sync([folder]).added) == 4
        page = folder.parent / "bridge.html"
        page.write_text(
            '<html><head><title>Bridge</title><link rel="canonical" href="https://paper.example/"></head>'
            "<body><p>Another bridge was closed. It is a hundred years old, its engineers said.</p></body></html>"
        )
        index.add(page)
        assert len(index.articles()) == 5


class TestAdd:
    def test_the_same_address_is_one_article_and_the_newest_words_stay(self, index: Index) -> None:
        first = index.add_text(TALKS, title="Talks", url="https://news.example/talks?utm_source=rss")
        second = index.add_text(HARVEST, title="Harvest", url="http://NEWS.example/talks/")
        assert first.id == second.id
        assert [article.text for article in index.articles()] == [HARVEST]
        assert index.check().ok

    def test_the_same_words_complete_what_was_not_known(self, index: Index) -> None:
        index.add_text(TALKS, title="Talks")
        index.add_text(TALKS, title="Other title", publisher="Lake Gazette", published=date(2026, 2, 18))
        article = index.articles()[0]
        assert (article.title, article.publisher, article.published) == ("Talks", "Lake Gazette", date(2026, 2, 18))

    def test_a_file_that_cannot_be_read_leaves_the_library_as_it_was(self, index: Index, tmp_path: Path) -> None:
        index.add_text(TALKS, title="Talks")
        generation = index.generation()
        with pytest.raises(ArticleError, match=r"missing\.txt"):
            index.add(tmp_path / "missing.txt")
        assert index.generation() == generation

    @pytest.mark.parametrize(("text", "title"), [("", "A title"), (" \n\t", "A title"), (TALKS, " ")])
    def test_pasted_text_needs_words_and_a_title(self, index: Index, text: str, title: str) -> None:
        with pytest.raises(ArticleError, match="The pasted article has no"):
            index.add_text(text, title=title)

    def test_an_address_inside_the_house_is_not_fetched(self, index: Index) -> None:
        with pytest.raises(ArticleError, match=r"127\.0\.0\.1"):
            index.add("http://127.0.0.1:9/secret.html")


class TestListing:
    def test_the_newest_that_match_are_shown_and_all_are_counted(self, index: Index) -> None:
        for day, publisher in ((1, "Lake Post"), (2, "Morning Post"), (3, "Lake Post"), (4, "Tribune")):
            index.add_text(
                f"The bridge number {day} reopened.",
                title=f"Bridge {day}",
                publisher=publisher,
                published=date(2026, 3, day),
            )
        listing = index.listing("LAKE post", most=1)
        assert [each.article.title for each in listing.entries] == ["Bridge 3"]
        assert (listing.found, listing.total, listing.entries[0].passages) == (2, 4, 1)
        assert index.publishers() == ["Lake Post", "Morning Post", "Tribune"]

    def test_what_is_not_shown_is_not_read(self, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
        for day in range(1, 5):
            index.add_text(f"The bridge number {day} reopened.", title=f"Bridge {day}", published=date(2026, 3, day))
        read: list[str] = []
        monkeypatch.setattr("index.storage.catalog.article_row", lambda row: read.append(row[1]) or article_row(row))
        assert len(index.listing(most=2).entries) == 2
        assert sorted(read) == ["Bridge 3", "Bridge 4"]


class TestRemoveAndRebuild:
    def test_an_article_goes_by_the_start_of_its_id(self, index: Index, folder: Path) -> None:
        index.sync([folder])
        gone = index.remove(index.articles()[0].id[:8])
        assert gone.id not in {article.id for article in index.articles()}
        assert index.check().ok

    @pytest.mark.parametrize("unknown", ["", "no-such-id"])
    def test_an_id_that_fits_nothing_or_everything_is_refused(self, index: Index, folder: Path, unknown: str) -> None:
        index.sync([folder])
        with pytest.raises(ArticleError, match=r"The library holds (no|several)"):
            index.remove(unknown)
        assert len(index.articles()) == 2

    def test_a_rebuild_tells_articles_as_done_once_they_are_embedded(
        self, index: Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(6):
            index.add_text(f"{TALKS} It was round {number}.", title=f"Round {number}")
        encode, embedded, told = Encoder.encode, [0], []

        def counting(encoder: Encoder, texts: Sequence[str], **values: Any) -> list[Encoded]:
            progress = values.pop("progress", None)
            if progress is None:  # the text by which directions are chosen, which is no article's
                return encode(encoder, texts, **values)

            def count(done: int) -> None:
                embedded[0] += done
                progress(done)

            return encode(encoder, texts, progress=count, **values)

        monkeypatch.setattr(Encoder, "encode", counting)
        index.rebuild(progress=lambda step: told.append((step.done, embedded[0])))
        assert told == [(done, done) for done in range(7)]

    def test_a_rebuild_makes_the_index_anew_from_the_catalog_alone(self, index: Index, folder: Path) -> None:
        index.sync([folder])
        for file in folder.iterdir():
            file.unlink()
        assert index.rebuild() == 2
        assert index.check().ok
        assert titles(index) == ["bridge", "talks"]
        assert [path.name for path in index.home.vectors.iterdir() if path.is_dir()] == ["2"]

    def test_an_index_of_another_encoder_is_refused_with_both_names_until_it_is_rebuilt(
        self, tmp_path: Path, folder: Path, encoder: Encoder
    ) -> None:
        import shutil

        assert encoder.folder is not None
        other_folder = tmp_path / "other-model"
        shutil.copytree(encoder.folder, other_folder)
        other = Encoder(str(other_folder))
        with Index(tmp_path / "home", encoder=encoder) as index:
            index.sync([folder])
        with Index(tmp_path / "home", encoder=other) as index:
            with pytest.raises(OtherEncoderError, match=r"made with all-MiniLM.* this is other-model.*index rebuild"):
                index.add_text(HARVEST, title="Harvest")
            index.rebuild()
            index.add_text(HARVEST, title="Harvest")
            assert index.check().ok


class TestCheck:
    def test_missing_passages_are_counted_and_the_command_that_mends_is_named(self, index: Index, folder: Path) -> None:
        index.sync([folder])
        derived = index.stores.derived
        derived.words.write([], [min(derived.words.numbers())])
        derived.seal(index.stores.identity, index.generation())
        report = index.check()
        assert report.problems == ("1 of 2 passages are missing from words/: run `python -m index rebuild`.",)
        index.rebuild()
        assert index.check().ok

    def test_a_passage_that_does_not_lie_where_the_catalog_says_is_found(self, index: Index, folder: Path) -> None:
        index.sync([folder])
        with index.stores.catalog.transaction() as db:
            db.execute("UPDATE articles SET text = 'Something else ' || text WHERE title = 'talks'")
        assert any("do not lie where the catalog says" in problem for problem in index.check().problems)


class TestWriters:
    def test_a_second_writer_waits_and_then_says_who_holds_the_lock(self, index: Index, folder: Path) -> None:
        script = textwrap.dedent("""
            import sys
            from index.home import Home
            with Home.find(sys.argv[1]).writing():
                print("holding", flush=True)
                sys.stdin.read()
        """)
        holder = subprocess.Popen(
            [sys.executable, "-c", script, str(index.home.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holding\n"
        with pytest.raises(LibraryBusyError, match=rf"is being written by process {holder.pid} on "):
            index.sync([folder])
        holder.communicate("")
        assert len(index.sync([folder]).added) == 2

    def test_what_another_process_publishes_is_there_for_a_reader_that_was_open(
        self, index: Index, folder: Path, encoder: Encoder
    ) -> None:
        from index.home import Home
        from index.reader import Reader

        index.sync([folder])
        reader = Reader(Home(index.home.folder), encoder)
        reader.refresh()
        script = "import sys; from index import Index; Index(sys.argv[1]).add_text(sys.argv[2], title='Harvest')"
        subprocess.run(
            [sys.executable, "-c", script, str(index.home.folder), HARVEST], check=True, cwd=Path(__file__).parents[2]
        )
        reader.refresh()
        vector = encoder.encode([HARVEST])[0].vector
        number, cosine = next(iter(reader.by_vector(vector, 1, Filter()).items()))
        assert cosine > 0.99
        assert reader.with_articles([number])[number].article.title == "Harvest"
        assert number in reader.by_words({"harvest": 1.0}, 3, Filter())
        reader.close()

    def test_an_article_that_changed_is_read_in_its_new_words_by_a_reader_that_was_open(
        self, index: Index, folder: Path, encoder: Encoder
    ) -> None:
        from index.home import Home
        from index.reader import Reader

        index.sync([folder])
        with closing(Reader(Home(index.home.folder), encoder)) as reader:
            for words in ("", "Traffic was heavy at once. "):
                (folder / "bridge.txt").write_text(words + BRIDGE)
                index.sync([folder])
                reader.refresh()
                vector = encoder.encode([BRIDGE])[0].vector
                found = reader.with_articles(list(reader.by_vector(vector, 1, Filter())))
                assert [each.article.text for each in found.values()] == [words + BRIDGE]

    def test_a_home_that_cannot_be_written_is_named_with_what_to_do(self, tmp_path: Path) -> None:
        in_the_way = tmp_path / "file"
        in_the_way.write_text("not a folder")
        with pytest.raises(LibraryError, match=r"file/home cannot be written .*TALKS_HOME or --home"):
            Index(in_the_way / "home")

    def test_a_catalog_that_is_no_database_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "catalog.sqlite3").write_bytes(b"not a database at all, but long enough" * 50)
        with pytest.raises(LibraryError, match=r"catalog.sqlite3 cannot be opened"):
            Index(tmp_path)

    def test_a_library_of_a_newer_talks_is_not_touched(self, tmp_path: Path) -> None:
        import sqlite3

        with sqlite3.connect(tmp_path / "catalog.sqlite3") as db:
            db.execute("PRAGMA user_version = 99")
        db.close()
        with pytest.raises(LibraryError, match="made by a newer Talks"):
            Index(tmp_path)


def test_every_error_is_a_talks_error_of_one_sentence(tmp_path: Path, encoder: Encoder) -> None:
    os.environ["TALKS_EMBEDDING_MODEL"] = " "
    try:
        with pytest.raises(TalksError) as caught:
            Index(tmp_path)
    finally:
        del os.environ["TALKS_EMBEDDING_MODEL"]
    assert str(caught.value).startswith("The setting TALKS_EMBEDDING_MODEL from the environment cannot be used")
    assert "\n" not in str(caught.value)
