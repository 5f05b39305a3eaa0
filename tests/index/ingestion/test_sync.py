"""A sync takes the newer words of an article, and names every file that it does not take in."""

import os
from pathlib import Path

import pytest

from index import Index
from index.encoding.encoder import Encoder
from index.ingestion.folders.report import passed_over
from index.ingestion.folders.walk import find
from tests.index.files import saved
from tests.index.ingestion.word.made import p, word_file

OLD = "On board the ferry were 175 people, the coast guard of Tarn said on Friday."
NEW = "On board the ferry were 157 people, the coast guard of Tarn said; the number was corrected."


def version(folder: Path, name: str, words: str, changed: str = "", at: int = 0) -> Path:
    changed = f"modified: {changed}\n" if changed else ""
    text = f"---\ntitle: Ferries\nurl: https://tarn.example/2026/03/13/ferries-collide\n{changed}---\n{words}"
    path = saved(folder, name, text)
    os.utime(path, (1_700_000_000 + at, 1_700_000_000 + at))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    return tmp_path / "news"


def words(index: Index) -> list[str]:
    return [article.text for article in index.articles()]


@pytest.mark.parametrize(
    ("first", "second"), [("2026-03-13", "2026-03-14"), ("2026-03-13T10:00:00Z", "2026-03-13T14:00:00+01:00")]
)
def test_the_version_that_says_it_was_changed_later_stays_whichever_comes_first(
    folder: Path, tmp_path: Path, encoder: Encoder, first: str, second: str
) -> None:
    version(folder, "a.md", NEW, second, at=0)
    version(folder, "b.md", OLD, first, at=900)
    with Index(tmp_path / "home", encoder=encoder) as index:
        report = index.sync([folder])
        assert words(index) == [NEW] and report.corrected == () and report.same == (str(folder / "b.md"),)
    version(folder, "a.md", OLD, first, at=1_000)
    version(folder, "b.md", NEW, second, at=0)
    with Index(tmp_path / "other", encoder=encoder) as index:
        report = index.sync([folder])
        assert words(index) == [NEW] and [each.text for each in report.corrected] == [NEW]


def test_where_no_version_says_when_it_was_changed_the_newer_file_stays(
    folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    version(folder, "a.md", OLD, at=0)
    with Index(tmp_path / "home", encoder=encoder) as index:
        (before,) = index.sync([folder]).added
        version(folder, "b.md", NEW, at=900)
        report = index.sync([folder])
        (after,) = report.corrected
        assert after.id == before.id and after.source == str(folder / "b.md")
        assert words(index) == [NEW] and not index.check().problems
        assert index.sync([folder]).unchanged == 2 and words(index) == [NEW]


def test_files_that_hold_no_article_are_named(folder: Path, tmp_path: Path, encoder: Encoder) -> None:
    saved(folder, "a.txt", "It ended.")
    for name in ("pier.png", "quay.PNG", "log.zip", "README", ".hidden", "Thumbs.db"):
        saved(folder, name, "no article")
    with Index(tmp_path / "home", encoder=encoder) as index:
        report = index.sync([folder])
    assert [Path(each).name for each in report.passed] == ["README", "log.zip", "pier.png", "quay.PNG"]
    assert passed_over(report.passed) == (
        "Passed over 4 files that hold no article: 2 .png, 1 without an ending, 1 .zip."
    )


def test_the_parts_of_a_saved_page_are_no_articles_of_their_own(folder: Path) -> None:
    saved(folder, "Ferries.html", "<p>It ended.</p>")
    for name in ("Ferries_files", "more_files"):
        (folder / name).mkdir()
        saved(folder / name, "frame.html", "<p>Buy a ferry.</p>")
    found = find([folder])
    assert [path.relative_to(folder).as_posix() for path in found.files] == ["Ferries.html", "more_files/frame.html"]
    assert found.passed == []


def test_what_of_a_file_cannot_be_read_is_told_and_the_rest_is_taken_in(
    folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    saved(folder, "a.docx", word_file(p("It ended."), footnotes=b"<w:broken"))
    with Index(tmp_path / "home", encoder=encoder) as index:
        report = index.sync([folder])
        (note,) = report.notes
        assert words(index) == ["It ended."] and report.failed == ()
        assert note.source == str(folder / "a.docx") and "a.docx: its footnotes cannot be read" in note.reason
