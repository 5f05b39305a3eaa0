"""A library whose files are read in a process of their own: no file stops a sync, and no name is a path."""

import os
import sys
import tracemalloc
from pathlib import Path

import pytest

from index import ArticleError, Index
from index.encoding.encoder import Encoder
from index.ingestion.sandbox import Limits
from tests.index.ingestion.hostile_files import ENDLESS


def test_a_sync_goes_on_past_files_that_break_the_reading(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.md").write_text("The harbour opened again.")
    (folder / "declarations.md").write_bytes(ENDLESS["declarations.md"]())
    (folder / "many-pages.pdf").write_bytes(ENDLESS["many-pages.pdf"]())
    (folder / "z.txt").write_text("The pier is closed.")
    with Index(tmp_path / "home", encoder=encoder) as index:
        index.sandbox.limits = Limits(seconds=1)
        report = index.sync([folder])
        assert [article.title for article in report.added] == ["a", "z"]
        assert [Path(each.source).name for each in report.failed] == ["declarations.md", "many-pages.pdf"]
        assert all("takes more than 1 seconds" in each.reason for each in report.failed)
        assert len(index.articles()) == 2 and not index.check().problems


def test_500_mb_of_text_are_refused_without_a_byte_of_it_in_memory(tmp_path: Path, encoder: Encoder) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(500_000_000)
    with Index(tmp_path / "home", encoder=encoder) as index:
        tracemalloc.start()
        with pytest.raises(ArticleError, match=r"big\.txt is over the limit of 50 MB"):
            index.add(tmp_path / "big.txt")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 10_000_000


def test_a_pasted_text_without_end_is_refused(tmp_path: Path, encoder: Encoder) -> None:
    with Index(tmp_path / "home", encoder=encoder) as index:
        with pytest.raises(ArticleError, match="more than 5,000,000 characters"):
            index.add_text(" " * 5_000_001, title="It")  # were it looked at, nothing would be found in it
        assert index.articles() == []


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are Unicode there")
def test_a_file_whose_name_is_not_unicode_is_reported_and_the_others_come_in(tmp_path: Path, encoder: Encoder) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.md").write_text("The harbour opened again.")
    Path(os.fsdecode(os.fsencode(folder / "caf") + b"\xe9.md")).write_text("The pier is closed.")
    with Index(tmp_path / "home", encoder=encoder) as index:
        report = index.sync([folder])
    assert len(report.added) == 1
    assert [each.reason for each in report.failed] == ["caf.md has a name that is not Unicode; rename the file."]


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "..\\..\\a.txt", "/etc/passwd", "a\nb\x1b[31m.txt", "\u202etxt.exe", "x" * 5_000]
)
def test_the_name_of_an_upload_is_shown_and_never_used_as_a_path(tmp_path: Path, encoder: Encoder, name: str) -> None:
    (tmp_path / "upload.txt").write_text("The harbour opened again.")
    home = tmp_path / "a" / "b" / "c" / "home"
    with Index(home, encoder=encoder) as index:
        before = set(tmp_path.rglob("*"))
        article = index.add(tmp_path / "upload.txt", name=name)
        assert all(path.is_relative_to(home) for path in set(tmp_path.rglob("*")) - before)
        assert not any(character in article.title for character in "\n\x1b\u202e/\\") and len(article.title) <= 300
        index.remove(article.id)
