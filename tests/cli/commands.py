"""Commands as tests run them: in this process, or as the real command."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner, Result

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
