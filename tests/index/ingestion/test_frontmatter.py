"""Front matter as clipping tools, site generators and people write it."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from index.errors import ArticleError
from index.ingestion.frontmatter import FrontMatter, split_front_matter


def about(*lines: str, fence: str = "---") -> FrontMatter:
    said, rest = split_front_matter("\n".join([fence, *lines, fence, "It ended."]), "a.md")
    assert rest == "It ended."
    return said


def test_what_obsidian_clips() -> None:
    said = about(
        'title: "Ferries: what is known"', 'source: "https://tarn.example/ferries"', "author:",
        '  - "[[Ada Corvin]]"',
        '  - "[[people/Osk Lind|Osk Lind]]"',
        "published: 2026-03-13", "created: 2026-03-14", "tags:", '  - "clippings"',
    )  # fmt: skip
    assert said == FrontMatter(
        "Ferries: what is known", None, "Ada Corvin, Osk Lind", date(2026, 3, 13), "https://tarn.example/ferries"
    )


def test_what_markdownload_clips() -> None:
    lines = ["created: 2026-03-14T10:00:00 (UTC +01:00)", "tags: []", "source: https://tarn.example/f"]
    said = about(*lines, "author: Ada Corvin")
    assert said == FrontMatter(author="Ada Corvin", url="https://tarn.example/f")


def test_what_hugo_and_zola_write() -> None:
    yaml = about("title: Ferries", "date: 2026-03-11T09:00:00+01:00", "site: Tarn Warden", "lang: en")
    moment = datetime(2026, 3, 11, 9, tzinfo=timezone(timedelta(hours=1)))
    assert yaml == FrontMatter("Ferries", "Tarn Warden", None, moment, None, "en")
    toml = about(
        'title = "Ferries"', "date = 2026-03-11T09:00:00Z", "[params]", 'authors = ["Ada Corvin", "Osk Lind"]',
        'source = "Tarn Warden"', fence="+++",
    )  # fmt: skip
    moment = datetime(2026, 3, 11, 9, tzinfo=UTC)
    assert toml == FrontMatter("Ferries", "Tarn Warden", "Ada Corvin, Osk Lind", moment)
    assert about("date = 2026-03-11", fence="+++").published == date(2026, 3, 11)


@pytest.mark.parametrize(
    "title", ["Fire in Tarn: ten dead", "Pier #4 burns", "It's over: ferries stay", "Ferries: a: b", "What now:"]
)
def test_a_title_needs_no_quotation_marks(title: str) -> None:
    assert about(f"title: {title}", "publisher: Tarn Warden") == FrontMatter(title, "Tarn Warden")


def test_a_comment_of_yaml_is_none_of_the_value() -> None:
    assert about("publisher: Tarn Warden # the paper").publisher == "Tarn Warden"


@pytest.mark.parametrize(
    "written",
    ["March 12, 2026", "12 March 2026", "Thursday, 12 March 2026", "Mar 12, 2026", "12 березня 2026", "2026-03-12"],
)
def test_a_date_may_name_its_month(written: str) -> None:
    assert about(f"published: {written}").published == date(2026, 3, 12)
    assert about(f"date: {written}").published == date(2026, 3, 12)


def test_source_is_an_address_or_the_name_of_a_paper() -> None:
    assert about("source: Tarn Warden") == FrontMatter(publisher="Tarn Warden")
    assert about("source: https://tarn.example/f", "site: Tarn Warden") == FrontMatter(
        publisher="Tarn Warden", url="https://tarn.example/f"
    )
    assert about("link: javascript:alert(1)") == FrontMatter()


def test_the_plain_name_goes_before_the_others() -> None:
    said = about(
        "date: 2026-01-01",
        "published: 2026-03-12",
        "site: Blog",
        "publisher: Warden",
        "source: x",
        "url: https://a.example/b",
    )
    assert said == FrontMatter(None, "Warden", None, date(2026, 3, 12), "https://a.example/b")


def test_what_is_wrong_is_named_with_its_line() -> None:
    with pytest.raises(ArticleError, match=r"front matter of a\.md is not valid YAML \(line 3\)"):
        about("title: Ferries", "\tauthor: Ada")
    with pytest.raises(ArticleError, match=r"front matter of a\.md is not valid TOML"):
        about("title = Ferries", fence="+++")
