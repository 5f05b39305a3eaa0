"""The commands that keep the library: sync, add, list, remove, rebuild, check."""

import json
import sqlite3
from pathlib import Path

import pytest

from index.cli.main import app as keeping
from tests.cli.commands import run, the_error


def test_sync_says_what_it_did_and_goes_on_past_a_file_it_cannot_read(articles: Path) -> None:
    (articles / "broken.pdf").write_bytes(b"%PDF-1.7 no more than that")
    result = run(keeping, "sync", articles)
    assert result.exit_code == 1
    assert "Talks in Geneva end (Morning Post, 18 February 2026)" in result.stdout
    assert "2 added, 1 failed, in " in result.stdout
    assert result.stderr.count("talks: ") == 1
    assert "broken.pdf" in result.stderr


def test_sync_of_what_is_already_there_changes_nothing(articles: Path, library: Path) -> None:
    result = run(keeping, "sync", articles)
    assert result.exit_code == 0
    assert result.stdout.startswith("2 unchanged, in ")


def test_sync_with_json_prints_json_and_nothing_else(articles: Path) -> None:
    (articles / "empty.txt").write_text("")
    result = run(keeping, "sync", articles, "--json")
    report = json.loads(result.stdout)
    assert {each["title"] for each in report["added"]} >= {"Talks in Geneva end"}
    assert [Path(each["source"]).name for each in report["failed"]] == ["empty.txt"]
    assert result.exit_code == 1


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    result = run(keeping, "sync", tmp_path / "nowhere")
    assert result.exit_code == 1
    assert "nowhere is not there" in result.stderr


def test_an_article_is_added_listed_and_removed_by_the_start_of_its_id(articles: Path) -> None:
    added = json.loads(run(keeping, "add", articles / "talks.md", "--json").stdout)
    (article,) = added["added"]
    listed = json.loads(run(keeping, "list", "--json").stdout)
    assert [(each["id"], each["published"], each["passages"]) for each in listed] == [(article["id"], "2026-02-18", 1)]
    removed = run(keeping, "remove", article["id"][:6])
    assert removed.exit_code == 0
    assert "Removed" in removed.stdout and "Talks in Geneva end" in removed.stdout
    assert json.loads(run(keeping, "list", "--json").stdout) == []


@pytest.mark.parametrize(
    ("filters", "title"),
    [
        (["--find", "harbour"], "Harbour"),
        (["--publisher", "Morning Post"], "Talks in Geneva end"),
        (["--after", "2026-02-20"], "Harbour"),
        (["--before", "2026-02-20"], "Talks in Geneva end"),
        (["--limit", "1"], "Harbour"),
    ],
)
def test_the_list_is_narrowed_as_questions_are(filters: list[str], title: str, library: Path) -> None:
    (found,) = json.loads(run(keeping, "list", "--json", *filters).stdout)
    assert found["title"].startswith(title)


def test_one_source_that_fails_leaves_the_others_alone(articles: Path, tmp_path: Path) -> None:
    result = run(keeping, "add", tmp_path / "nowhere.txt", articles / "talks.md")
    assert result.exit_code == 1
    assert "Added" in result.stdout
    assert "nowhere.txt" in result.stderr


def test_an_id_that_nothing_has_is_one_sentence(library: Path) -> None:
    assert "no article whose id starts with “zzz”" in the_error(run(keeping, "remove", "zzz"))


def test_the_list_shows_titles_as_they_are_and_nothing_that_a_terminal_acts_on(library: Path) -> None:
    result = run(keeping, "list")
    assert "[bold]" in result.stdout.replace("\n", "")
    assert "\x1b" not in result.stdout
    assert "18 February 2026" in result.stdout


def test_an_empty_library_is_said_on_standard_error() -> None:
    result = run(keeping, "list")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "holds no articles" in result.stderr


def test_a_rebuild_counts_articles_and_passages(library: Path) -> None:
    assert "Indexed 2 articles in 2 passages" in run(keeping, "rebuild").stdout
    assert json.loads(run(keeping, "rebuild", "--json").stdout)["passages"] == 2


def test_check_is_content_with_a_whole_library(library: Path) -> None:
    result = run(keeping, "check")
    assert result.exit_code == 0
    assert "2 articles, 2 passages" in result.stdout and "all is well" in result.stdout


def test_check_ends_with_3_where_the_library_is_damaged_and_says_what_to_do(library: Path) -> None:
    with sqlite3.connect(library / "catalog.sqlite3") as db:
        db.execute('UPDATE passages SET "end" = "end" - 1')
    db.close()
    result = run(keeping, "check", "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 3
    assert not report["ok"]
    assert any("python -m index rebuild" in each for each in report["problems"])
