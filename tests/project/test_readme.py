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
README = (ROOT / "README.md").read_text(encoding="utf-8")
SOURCE = "\n".join(
    path.read_text(encoding="utf-8") for package in ("index", "assistant") for path in (ROOT / package).rglob("*.py")
)


def blocks(language: str, text: str = README) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def section(title: str) -> str:
    return README.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize("number", range(len(blocks("python"))))
def test_its_python_examples_run(number: int, home_of_its_own: Path) -> None:
    code = blocks("python")[number]
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
    shown = re.findall(r"python -m (index|assistant) (\w+)", README)
    assert len(shown) > 5
    for module, command in shown:
        assert command in known[module], f"python -m {module} {command}"


def test_the_files_it_links_to_are_there() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).is_file(), target


def test_what_it_says_about_errors_is_what_they_say() -> None:
    # Sentences in the code are broken over lines; a piece of one is looked for with the breaks taken out.
    joined = re.sub(r'"\s*\n\s*f?"', "", SOURCE)
    sentences = re.findall(r"^\| “(.+?)” \|", section("When something goes wrong"), re.MULTILINE)
    assert len(sentences) > 10
    for sentence in sentences:
        assert sentence in joined, sentence


def test_the_settings_it_names_are_read() -> None:
    named = re.findall(r"`TALKS_(\w+)`", section("Settings"))
    assert len(named) > 5
    for name in named:
        assert name == "SETTINGS" or re.search(rf"\b{name.lower()}: ", SOURCE), name


def test_headings_go_down_one_step_at_a_time() -> None:
    prose = re.sub(r"^```.*?^```$", "", README, flags=re.MULTILINE | re.DOTALL)
    depths = [len(marks) for marks in re.findall(r"^(#+) ", prose, re.MULTILINE)]
    assert depths[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(depths))
