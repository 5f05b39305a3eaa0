"""What the command line prints, where it prints it, and how it ends."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from assistant.version import talks_version
from index import Index
from index.cli.console import plain, print_json, progress
from index.cli.main import app as keeping
from index.progress import Progress
from tests.cli.commands import ROOT, command, run, the_error


def test_the_version_is_told() -> None:
    told = command("-c", "from assistant.cli.main import talks; talks()", "--version")
    assert told.stdout.strip() == f"talks {talks_version()}"


def test_home_names_another_library(library: Path, tmp_path: Path) -> None:
    assert json.loads(run(keeping, "list", "--home", tmp_path / "other", "--json").stdout) == []
    assert len(json.loads(run(keeping, "list", "--home", library, "--json").stdout)) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="paths are other there")
def test_a_home_that_cannot_be_made_is_one_sentence() -> None:
    assert "/dev/null/home cannot be written" in the_error(run(keeping, "list", "--home", "/dev/null/home"))


def test_a_setting_that_cannot_be_used_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKS_EMBEDDING_MODEL", " ")
    assert "TALKS_EMBEDDING_MODEL" in the_error(run(keeping, "list"))


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
