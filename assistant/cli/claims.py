"""The command check: claims about sources against what the checks say of them; without claims, the library's health."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from index.cli import notice, output
from index.cli.console import HomeOption, JsonOption, commands, print_json, progress
from index.cli.main import check as check_library
from index.progress import Progress

app = commands("Check claims about sources.")
both = commands("Check claims about sources, or the library.")

_HELP = "A file of claims, one JSON object a line: source, before, claim, supported, how."


def check_claims(file: Path, json: bool = False) -> None:
    """Measure the checks on a file of claims, and print the figures."""
    from assistant.checking import Checker
    from assistant.evaluation.claims import figures, judge, read_claims, tables

    claims, checker = read_claims(file), Checker()
    if checker.notice:
        notice(checker.notice)
    done = 0
    with progress("Checking") as watch:

        def seen() -> None:
            nonlocal done
            done += 1
            if watch is not None:
                watch(Progress(done, len(claims), ""))

        verdicts = judge(claims, checker, seen)
    if json:
        print_json(asdict(figures(claims, verdicts)))
        return
    for table in tables(claims, verdicts):
        output().print(table)


@app.command()
def check(file: Annotated[Path, typer.Argument(metavar="CLAIMS.jsonl", help=_HELP)], json: JsonOption = False) -> None:
    """Measure how well the checks tell claims that a source supports from others."""
    check_claims(file, json)


@both.command("check")
def check_either(
    file: Annotated[Path | None, typer.Argument(metavar="[CLAIMS.jsonl]", help=_HELP)] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Look whether the library is whole; with a file of claims, measure the checks of written sentences on it."""
    if file is None:
        check_library(home, json)
    else:
        check_claims(file, json)
