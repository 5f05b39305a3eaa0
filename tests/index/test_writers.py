"""Several processes share a library: one writes, all read, and each is told what stands in its way."""

import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from index import Index, LibraryBusyError, LibraryError
from index.encoding.encoder import Encoder
from index.filters import Filter
from tests.index.small_library import BRIDGE, HARVEST


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
