"""What the command line prints, where it prints it, and how it ends."""

import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner, Result

from assistant.cli.main import app as asking
from assistant.settings import Settings
from assistant.version import talks_version
from index import Index
from index.cli.console import plain, print_json, progress
from index.cli.main import app as keeping
from index.encoding.encoder import Encoder
from index.progress import Progress
from tests.assistant.answering.generation.servers import citing, serving

ROOT = Path(__file__).parents[2]
TALKS = """---
title: Talks in Geneva end
publisher: Morning Post
published: 2026-02-18
---
Two days of talks in Geneva ended on Wednesday without a deal.

Vladimir Medinsky led the Russian delegation. He told reporters that the talks were difficult but businesslike.
"""
HARBOUR = """---
title: "Harbour [bold]opens[/bold] \\x1b[31magain"
publisher: Evening News
published: 2026-03-01
---
The harbour of Porto Sereno opened again on Monday after nine weeks of repairs, the port authority said.
"""


@pytest.fixture(autouse=True)
def one_encoder(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands load the encoder anew each time; here they share one."""
    monkeypatch.setattr("index.library.Encoder", lambda model: encoder)
    monkeypatch.setattr("assistant.engine.Encoder", lambda model: encoder)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "talks.md").write_text(TALKS, encoding="utf-8")
    (folder / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    return folder


@pytest.fixture
def library(articles: Path, home_of_its_own: Path, encoder: Encoder) -> Path:
    with Index(home_of_its_own, encoder=encoder) as index:
        index.sync([articles])
    return home_of_its_own


def run(app: typer.Typer, *arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments], prog_name="talks")


def command(*arguments: str | Path, **settings: Any) -> subprocess.CompletedProcess[str]:
    """The real command, in a process of its own."""
    every: Sequence[str] = [sys.executable, *map(str, arguments)]
    return subprocess.run(every, cwd=ROOT, capture_output=True, text=True, timeout=120, **settings)


def the_error(result: Result) -> str:
    """The one sentence that a command failed with."""
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("talks: ")
    return lines[0].removeprefix("talks: ")


# The library


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


def test_the_version_is_told() -> None:
    told = command("-c", "from assistant.cli.main import talks; talks()", "--version")
    assert told.stdout.strip() == f"talks {talks_version()}"


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


def test_home_names_another_library(library: Path, tmp_path: Path) -> None:
    assert json.loads(run(keeping, "list", "--home", tmp_path / "other", "--json").stdout) == []
    assert len(json.loads(run(keeping, "list", "--home", library, "--json").stdout)) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="paths are other there")
def test_a_home_that_cannot_be_made_is_one_sentence() -> None:
    assert "/dev/null/home cannot be written" in the_error(run(keeping, "list", "--home", "/dev/null/home"))


def test_a_setting_that_cannot_be_used_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKS_EMBEDDING_MODEL", " ")
    assert "TALKS_EMBEDDING_MODEL" in the_error(run(keeping, "list"))


# Asking


def test_ask_shows_the_answer_and_each_quote_in_its_surroundings(library: Path) -> None:
    result = run(asking, "ask", "Who led the Russian delegation in Geneva?")
    assert result.exit_code == 0, result.output
    answer, _, below = result.stdout.partition("\n\n[1] ")
    assert "Vladimir Medinsky led the Russian delegation." in answer
    assert below.startswith("Talks in Geneva end (Morning Post, 18 February 2026)")
    assert "**" in below


def test_ask_with_json_gives_citations_that_are_exact(library: Path) -> None:
    value = json.loads(run(asking, "ask", "Who led the Russian delegation in Geneva?", "--json").stdout)
    with Index(library) as index:
        texts = {article.id: article.text for article in index.articles()}
    assert value["answered"] is True
    assert value["citations"]
    for each in value["citations"]:
        assert texts[each["article"]["id"]][each["start"] : each["end"]] == each["quote"]


@pytest.mark.providers
def test_the_flags_for_a_model_reach_it_and_its_checks_are_told(library: Path) -> None:
    writes = citing("Vladimir Medinsky led the Russian delegation. {Medinsky led} It cost 500 crowns. {Medinsky led}")
    with serving("openai", writes, "It cost 600 crowns. [1]") as server:
        flags = ("--model", "openai:small", "--model-url", server.url, "--model-timeout", "20")
        value = json.loads(run(asking, "ask", "Who led the Russian delegation?", *flags, "--json").stdout)
        server.answers.appendleft(writes)
        told = run(asking, "ask", "Who led the Russian delegation?", *flags).stdout
    assert {each["model"] for each in server.asked} == {"small"}
    assert (value["mode"], value["read_as"]) == ("written", None)
    assert (value["checks"]["sentences"], value["checks"]["kept"], value["checks"]["removed"]) == (2, 1, 1)
    assert "Checked. The model wrote 2 sentences: 1 stands as written, 1 was left out." in told


@pytest.mark.parametrize("command", ["serve", "mcp"])
def test_the_flags_for_a_model_reach_what_serves(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Settings] = []
    monkeypatch.setattr("assistant.web.server.serve", served.append)
    monkeypatch.setattr("assistant.web.api.mcp_server.run_mcp", served.append)
    flags = ("--model", "ollama:m", "--model-url", "http://127.0.0.1:1", "--model-timeout", "9")
    assert run(asking, command, *flags).exit_code == 0
    assert [(each.model, each.model_url, each.model_timeout) for each in served] == [
        ("ollama:m", "http://127.0.0.1:1", 9.0)
    ]


def test_what_the_articles_do_not_say_ends_with_3_and_offers_reading(library: Path) -> None:
    result = run(asking, "ask", "Which vitamins are in broccoli?")
    assert result.exit_code == 3
    assert result.stdout.startswith("The articles do not say")
    assert "To read:" in result.stdout


def test_a_library_that_never_held_anything_takes_in_the_brief_and_says_so() -> None:
    result = run(asking, "ask", "Who heads Ukraine's national security and defense council?", "--json")
    assert result.exit_code == 0
    assert "Umerov" in json.loads(result.stdout)["text"]
    assert "the brief that ships with Talks was put in" in result.stderr


def test_earlier_questions_tell_who_is_meant(library: Path) -> None:
    earlier = ("--history", "Who led the Russian delegation in Geneva?")
    result = run(asking, "ask", "What did he tell reporters?", *earlier)
    assert result.exit_code == 0
    assert "difficult but businesslike" in result.stdout


def test_retrieve_gives_as_many_passages_as_asked_for(library: Path) -> None:
    value = json.loads(run(asking, "retrieve", "Who led the delegation?", "-k", "1", "--json").stdout)
    assert [each["article"]["title"] for each in value] == ["Talks in Geneva end"]
    assert "characters 0–" in run(asking, "retrieve", "Who led the delegation?").stdout


def test_filters_leave_out_other_articles(library: Path) -> None:
    def found(*filters: str) -> list[str]:
        result = run(asking, "retrieve", "What happened?", "--json", *filters)
        return [each["article"]["publisher"] for each in json.loads(result.stdout)]

    assert found("--publisher", "evening news") == ["Evening News"]
    assert found("--before", "2026-02-20") == ["Morning Post"]
    assert found("--after", "2026-02-20") == ["Evening News"]
    assert found("--publisher", "Nobody") == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "  "], "The question is empty"),
        (["ask", "x" * 100_000], "The question has 100,000 characters"),
        (["ask", "Who led?", "--after", "2026-02-30"], "cannot be read: write it like 2026-02-18"),
        (["ask", "Who led?", "--after", "2026-03-01", "--before", "2026-02-01"], "exchange the two dates"),
        (["retrieve", "Who led?", "-k", "0"], "must lie between 1 and 1,000"),
    ],
)
def test_a_question_that_cannot_be_used_is_one_sentence(arguments: list[str], said: str, library: Path) -> None:
    assert said in the_error(run(asking, *arguments))


# How commands end


@pytest.mark.parametrize("arguments", [["bogus"], ["sync"], ["list", "--bogus"], []])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    result = run(keeping, *arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.output


def test_ctrl_c_ends_with_130_and_one_sentence(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Index, "sync", stop)
    result = run(keeping, "sync", articles)
    assert result.exit_code == 130
    assert result.stderr.startswith("talks: stopped")
    assert len(result.stderr.splitlines()) == 1


def test_a_full_disk_is_one_sentence(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device", "/news/vectors")

    monkeypatch.setattr(Index, "sync", fill)
    assert "/news/vectors cannot be used (No space left on device)" in the_error(run(keeping, "sync", articles))


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are other there")
def test_output_that_nobody_reads_any_more_ends_quietly(library: Path) -> None:
    arguments = [sys.executable, "-m", "index", "list", "--json"]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize(
    "arguments", [["-m", "index", "--help"], ["-m", "index", "list"], ["-m", "assistant", "--help"]]
)
def test_what_needs_no_model_loads_none(arguments: list[str], library: Path) -> None:
    module = arguments[1]
    code = (
        f"import runpy, sys; sys.argv = {[module, *arguments[2:]]!r}\n"
        f"try: runpy.run_module({module!r}, run_name='__main__')\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print(sorted({'torch', 'sentence_transformers', 'chromadb', 'gradio', 'langchain_core'} & set(sys.modules)))"
    )
    result = command("-c", code)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "[]"


def test_the_real_command_ends_as_it_should(library: Path) -> None:
    result = command("-m", "index", "remove", "zzz", env=os.environ | {"TALKS_HOME": str(library)})
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("talks: The library holds no article")
    assert "Traceback" not in result.stderr


def test_talks_has_every_command() -> None:
    result = command("-c", "from assistant.cli.main import talks; talks()", "--help")
    assert result.returncode == 0, result.stderr
    for name in ("ask", "retrieve", "evaluate", "sync", "add", "remove", "list", "rebuild", "check"):
        assert f"\n  {name} " in result.stdout


# What is printed


def test_progress_is_shown_on_a_terminal_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    with progress("Reading") as watch:
        assert watch is None
    screen = io.StringIO()
    monkeypatch.setattr("index.cli.console.notices", lambda: Console(file=screen, force_terminal=True, width=120))
    with progress("Reading") as watch:
        assert watch is not None
        watch(Progress(2, 7, "harbour\x1b]0;.md"))
    assert "2/7" in screen.getvalue()
    assert "harbour]0;.md" in screen.getvalue()


def test_json_reads_back_as_it_was_and_holds_nothing_that_a_terminal_acts_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    value = {"title": "“Deal” \x1b[31m\x9b \u202eneve \u2028 – Zürich"}
    print_json(value)
    printed = capsys.readouterr().out
    assert json.loads(printed) == value
    assert plain(printed).replace("\n", "") == printed.replace("\n", "")
