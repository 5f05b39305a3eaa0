"""Reading articles: every format gives the same kind of article, and every failure one sentence; text and Markdown."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from index.ingestion.parsing import ARTICLE_SUFFIXES, read_article
from tests.index.files import saved, the_error

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8


def test_a_text_file_has_the_name_of_the_file_as_title(tmp_path: Path) -> None:
    path = saved(tmp_path, "Ferry collision.txt", "Ferries collide in fog\n\nThe harbour was closed.\n")
    article = read_article(path)
    assert article.title == "Ferry collision"
    assert article.text == "Ferries collide in fog\n\nThe harbour was closed."
    assert article.source == str(path)
    assert (article.id, article.publisher, article.published, article.url) == ("", None, None, None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1251", "koi8-u"])
def test_ukrainian_text_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Пором повернувся до порту після шторму. Капітан подякував усім, хто допоміг людям на борту."
    assert read_article(saved(tmp_path, "пором.txt", text.encode(encoding))).text == text


def test_curly_quotes_of_an_old_windows_file_survive(tmp_path: Path) -> None:
    text = "“It’s over,” the mayor said — and the café closed."
    assert read_article(saved(tmp_path, "a.txt", text.encode("cp1252"))).text == text


def test_front_matter_says_what_the_article_is(tmp_path: Path) -> None:
    article = read_article(
        saved(
            tmp_path,
            "a.txt",
            "---\r\ntitle: 'Ferries: collide'\r\npublisher: Harbour News\r\nauthor: [Ada Writer, Bo Second]\r\n"
            "published: 2026-02-18\r\nurl: https://news.example/f\r\nlanguage: no\r\nmood: grey\r\n"
            "---\r\n\r\nIt ended.",
        )
    )
    assert (article.title, article.publisher, article.author) == (
        "Ferries: collide",
        "Harbour News",
        "Ada Writer, Bo Second",
    )
    assert (article.published, article.url, article.language) == (date(2026, 2, 18), "https://news.example/f", "no")
    assert article.text == "It ended."


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-02-18", date(2026, 2, 18)),
        ('"2026-02-18"', date(2026, 2, 18)),
        ("2026-02-18T10:30:00Z", datetime(2026, 2, 18, 10, 30, tzinfo=UTC)),
        ("2026-02-18 10:30:00 +01:00", datetime(2026, 2, 18, 10, 30, tzinfo=timezone(timedelta(hours=1)))),
        ("2026-02-18 10:30", datetime(2026, 2, 18, 10, 30)),  # no zone is given, so none is made up
        ("", None),
        ("null", None),
    ],
)
def test_a_day_is_a_date_and_a_time_keeps_its_zone(tmp_path: Path, written: str, meant: object) -> None:
    article = read_article(saved(tmp_path, "a.md", f"---\npublished: {written}\n---\nIt ended."))
    assert article.published == meant
    assert type(article.published) is type(meant)


@pytest.mark.parametrize("impossible", ["2026-02-30", "yesterday", "18/02/2026", "2026"])
def test_an_impossible_date_is_named(tmp_path: Path, impossible: str) -> None:
    sentence = the_error(saved(tmp_path, "a.md", f"---\npublished: {impossible}\n---\nIt ended."))
    assert "a.md" in sentence and "published" in sentence and impossible in sentence


@pytest.mark.parametrize(
    "block",
    [
        "title: [",
        "just words",
        "- a\n- b",
        "a: &x [1]\ntitle: *x",
        "[" * 5000,
        "? {a: b}\n: c\ntitle: [x",
    ],
)
def test_bad_front_matter_is_named(tmp_path: Path, block: str) -> None:
    sentence = the_error(saved(tmp_path, "a.md", f"---\n{block}\n---\nIt ended."))
    assert "front matter of a.md" in sentence


@pytest.mark.parametrize("line", ["title: {a: b}", "author: [[{a: b}]]", "url: javascript:alert(1)", "url: not a url"])
def test_a_wrong_value_is_named_with_its_key(tmp_path: Path, line: str) -> None:
    sentence = the_error(saved(tmp_path, "a.md", f"---\n{line}\n---\nIt ended."))
    assert "a.md" in sentence and line.split(":")[0] in sentence


def test_dashes_that_nothing_closes_are_text(tmp_path: Path) -> None:
    assert read_article(saved(tmp_path, "a.txt", "---\nIt ended.")).text.endswith("It ended.")


# --- Markdown ---

MARKDOWN = """\
# Ferries *collide*

Two [ferries](https://news.example/f "x") hit **each other** in `thick` fog on an ultra-
conservative course. ![The pier](pier.png)

## What next

- the *pier*
- the harbour

1. first

> “We did everything right,” she said.

| Ship | Age |
|------|----:|
| Ada  | 31  |

```python
print("no reader sees this")
```

<div>Seen <b>too</b><script>hidden()</script></div>

The inquiry goes on.\\
The pier is closed.
"""


def test_markdown_is_read_as_its_reader_sees_it(tmp_path: Path) -> None:
    article = read_article(saved(tmp_path, "a.md", MARKDOWN))
    assert article.title == "Ferries collide"
    assert article.text.split("\n\n") == [
        "Ferries collide",
        "Two ferries hit each other in thick fog on an ultra-conservative course. The pier",
        "What next",
        "- the pier",
        "- the harbour",
        "1. first",
        "“We did everything right,” she said.",
        "Ship | Age",
        "Ada | 31",
        "Seen too",
        "The inquiry goes on.",
        "The pier is closed.",
    ]


def test_the_title_in_front_matter_goes_before_the_heading(tmp_path: Path) -> None:
    assert read_article(saved(tmp_path, "a.md", "---\ntitle: Given\n---\n# Heading\n\nIt ended.")).title == "Given"


def test_the_heading_that_a_clipper_sets_over_its_excerpt_is_not_read(tmp_path: Path) -> None:
    clipped = saved(tmp_path, "a.md", "# Ferries\n\n> ## Excerpt\n> Fog came up.\n\n---\nIt ended.")
    assert read_article(clipped).text == "Ferries\n\nFog came up.\n\nIt ended."


def test_indented_markdown_is_not_lost_as_code(tmp_path: Path) -> None:
    assert read_article(saved(tmp_path, "a.md", "    It ended.")).text == "It ended."


# --- what cannot be read ---


@pytest.mark.parametrize("suffix", ARTICLE_SUFFIXES)
def test_a_picture_under_any_ending_is_refused(tmp_path: Path, suffix: str) -> None:
    assert "picture" + suffix in the_error(saved(tmp_path, "picture" + suffix, PNG))


@pytest.mark.parametrize("suffix", ARTICLE_SUFFIXES)
def test_an_empty_file_is_named(tmp_path: Path, suffix: str) -> None:
    assert "nothing" + suffix in the_error(saved(tmp_path, "nothing" + suffix, b" \n"))


def test_text_of_unseen_characters_or_only_front_matter_is_no_text(tmp_path: Path) -> None:
    assert "a.txt holds no text" in the_error(saved(tmp_path, "a.txt", "\u200b\n\u00ad"))
    assert "a.md holds no text" in the_error(saved(tmp_path, "a.md", "---\ntitle: It\n---\n"))


def test_damaged_utf8_is_not_taken_for_another_encoding(tmp_path: Path) -> None:
    words = "“Пором повернувся”".encode()
    sentence = the_error(saved(tmp_path, "a.txt", words + b"\xff\xff\xff\xff. It ended."))
    assert "a.txt" in sentence and "UTF-8" in sentence


def test_one_damaged_byte_costs_itself_and_not_the_text(tmp_path: Path) -> None:
    words = "“Пором повернувся”, said the café owner".encode()
    stray = words.replace("é".encode(), b"\xe9")
    assert read_article(saved(tmp_path, "a.txt", stray)).text == "“Пором повернувся”, said the café owner"
    assert read_article(saved(tmp_path, "b.txt", words[:20] + b"\0" + words[20:])).text == words.decode()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "gone.txt is not there" in the_error(tmp_path / "gone.txt")
    assert "gone is not there" in the_error(tmp_path / "gone")


def test_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "news.txt").mkdir()
    assert "news.txt is a folder" in the_error(tmp_path / "news.txt")


def test_an_unknown_ending_is_named_with_the_known_ones(tmp_path: Path) -> None:
    sentence = the_error(saved(tmp_path, "a.odt", "It ended."))
    assert "a.odt" in sentence and ".docx" in sentence


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are other there")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.txt", "It ended.")
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        assert "a.txt may not be read" in the_error(path)
    else:
        pytest.skip("this user may read everything")


def test_a_file_over_50_mb_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(50_000_001)
    assert "50 MB" in the_error(tmp_path / "a.txt")


def test_text_over_5_million_characters_is_refused() -> None:
    assert "5,000,000" in the_error("a.txt", b"word " * 1_000_001)


def test_reading_brings_in_no_heavy_library_before_it_is_needed() -> None:
    program = (
        "import sys, index.ingestion.parsing; "
        "print({'trafilatura', 'pypdfium2', 'lxml', 'yaml', 'markdown_it'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
