"""What the README promises is so."""

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.cli.main import app as asking
from index.cli.main import app as keeping

ROOT = Path(__file__).parents[2]
FILES = [
    ROOT / "README.md",
    *(file for top in ("assistant", "index", "tests") for file in (ROOT / top).rglob("README.md")),
]
READMES = {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in FILES}
README = READMES["README.md"]
SOURCE = "\n".join(
    path.read_text(encoding="utf-8") for package in ("index", "assistant") for path in (ROOT / package).rglob("*.py")
)


def blocks(language: str, text: str = README) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def section(title: str, text: str = README) -> str:
    return text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


EXAMPLES = [(file, code) for file, text in READMES.items() for code in blocks("python", text)]


@pytest.mark.parametrize(("file", "code"), EXAMPLES, ids=[file for file, _ in EXAMPLES])
def test_its_python_examples_run(file: str, code: str, home_of_its_own: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", code],
        cwd=ROOT,
        env=os.environ | {"TALKS_HOME": str(home_of_its_own)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip()


@pytest.mark.parametrize("title", ["Start in one command", "Test in one command"])
def test_one_command_is_one_line_that_begins_with_an_environment(title: str) -> None:
    (block,) = blocks("bash", section(title))
    assert block.count("\n") == 1
    assert block.startswith("python3 -m venv .venv && .venv/bin/pip install ")


def test_the_commands_it_shows_exist() -> None:
    known = {
        module: {info.name or info.callback.__name__ for info in app.registered_commands if info.callback}
        for module, app in (("index", keeping), ("assistant", asking))
    }
    shown = re.findall(r"python -m (index|assistant) (\w+)", "\n".join(READMES.values()))
    assert len(shown) > 5
    for module, command in shown:
        assert command in known[module], f"python -m {module} {command}"


def test_it_is_short_enough_to_read() -> None:
    assert README.count("\n") <= 180


@pytest.mark.parametrize("file", READMES)
def test_the_files_it_links_to_are_there(file: str) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", READMES[file]):
        assert (ROOT / file).parent.joinpath(target).is_file(), target


@pytest.mark.parametrize("file", READMES)
def test_the_files_and_folders_it_names_are_there(file: str) -> None:
    named = re.findall(r"(?:^|[ `(])((?:assistant|index|tests|\.ci)/[\w/.-]*\w)", READMES[file], re.MULTILINE)
    assert [each for each in named if not (ROOT / each).exists()] == []


def test_nothing_is_said_twice() -> None:
    """No two READMEs, and no two places of one, hold the same ten words in a row."""
    seen: dict[tuple[str, ...], str] = {}
    for file, text in READMES.items():
        prose = re.sub(r"^```.*?^```$|^\|[ |:-]+$", "", text, flags=re.MULTILINE | re.DOTALL)
        words = re.findall(r"[\w’'-]+", prose)
        for at in range(len(words) - 9):
            piece = tuple(words[at : at + 10])
            assert piece not in seen, f"{file} and {seen[piece]}: {' '.join(piece)}"
            seen[piece] = file


def test_what_it_says_about_errors_is_what_they_say() -> None:
    # Sentences in the code are broken over lines; a piece of one is looked for with the breaks taken out.
    joined = re.sub(r'"\s*\n\s*f?"', "", SOURCE)
    tables = [section("When something goes wrong", t) for t in READMES.values() if "## When something goes wrong" in t]
    sentences = [each for table in tables for each in re.findall(r"^\| “(.+?)” \|", table, re.MULTILINE)]
    assert len(sentences) > 50
    for sentence in sentences:
        assert sentence in joined, sentence


def test_the_settings_it_names_are_read() -> None:
    named = re.findall(r"`TALKS_(\w+)`", section("Settings"))
    assert len(named) > 5
    for name in named:
        assert name == "SETTINGS" or re.search(rf"\b{name.lower()}: ", SOURCE), name


@pytest.mark.parametrize("file", READMES)
def test_headings_go_down_one_step_at_a_time(file: str) -> None:
    prose = re.sub(r"^```.*?^```$", "", READMES[file], flags=re.MULTILINE | re.DOTALL)
    depths = [len(marks) for marks in re.findall(r"^(#+) ", prose, re.MULTILINE)]
    assert depths[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(depths))
