"""Console output: streams, exit codes and errors of every command, and untrusted text made safe to print.

Results go to standard output, everything else to standard error, so that a program can read the one and a person the
other. The exit codes: 0 fine, 1 something the user can mend, 2 wrong usage, 3 the articles do not say or the library is
not whole, 130 stopped by Ctrl-C, and 141 where whoever read the output went away.
"""

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text
from typer.core import TyperGroup

from index.errors import TalksError
from index.progress import Progress as Done
from index.progress import Watch

ERROR = 1
NOT_FOUND = 3
INTERRUPTED = 130
PIPE_CLOSED = 141
#: Width in columns where the output is not a terminal.
_PLAIN_WIDTH = 120
HomeOption = Annotated[
    Path | None,
    typer.Option("--home", metavar="FOLDER", help="The library's folder, in place of TALKS_HOME.", show_default=False),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
# Control characters, lone surrogates, and the marks that turn the direction of what follows: a terminal acts on them
# instead of showing them, so an article could otherwise rewrite what stands on the screen.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Commands(TyperGroup):
    """Commands that end with one sentence and an exit code, never with a stack trace for what a user can mend."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()  # otherwise a closed pipe is only noticed at exit, where nothing can catch it
            return result
        except BrokenPipeError as error:
            _forget_output()
            raise typer.Exit(PIPE_CLOSED) from error
        except TalksError as error:
            complain(str(error))
            raise typer.Exit(ERROR) from error
        except OSError as error:
            complain(
                f"{error.filename or 'The library'} cannot be used ({error.strerror or error}): check that it is "
                "there, can be read and written, and that its disk has room."
            )
            raise typer.Exit(ERROR) from error
        except KeyboardInterrupt as error:
            complain("stopped: what was published before stays; the same command goes on from there.")
            raise typer.Exit(INTERRUPTED) from error


def commands(about: str) -> typer.Typer:
    """A set of commands with these rules; `about` is its help."""
    return typer.Typer(
        help=about,
        cls=Commands,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,  # a defect shows Python's own trace, without the values in it
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def output() -> Console:
    """The console for results (standard output)."""
    return _console(stderr=False)


def notices() -> Console:
    """The console for progress, remarks and errors (standard error)."""
    return _console(stderr=True)


def _console(stderr: bool) -> Console:
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _PLAIN_WIDTH
    return console


def complain(sentence: str) -> None:
    """Print an error on standard error."""
    notice(f"talks: {sentence}")


def notice(sentence: str) -> None:
    """Print a remark on standard error."""
    notices().print(safe(sentence), soft_wrap=True)


def safe(text: str | None) -> Text:
    """Text from an article, a file or an error, with nothing in it that a terminal or rich would act on."""
    return Text(plain(text))


def plain(text: str | None) -> str:
    """`text` without control characters and direction marks; nothing for None.

    >>> plain("calm\\x1b[31m red")
    'calm[31m red'
    """
    return _UNSAFE.sub("", text or "")


def print_json(value: Any) -> None:
    """Print a value as JSON and nothing else; what a terminal would act on is escaped, and reads back as it was."""
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "")
    written = json.dumps(value, ensure_ascii=encoding != "utf8", indent=2)
    typer.echo(_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", written))


@contextmanager
def progress(doing: str) -> Iterator[Watch | None]:
    """A progress bar on a terminal, and nothing elsewhere; call what it gives with how far the work has come."""
    console = notices()
    if not console.is_terminal:
        yield None
        return
    columns = (
        TextColumn(doing),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task(doing, total=None, name="")

        def show(done: Done) -> None:
            bars.update(task, completed=done.done, total=done.total, name=plain(done.name)[:40])

        yield show


def _forget_output() -> None:
    """Send what is still unwritten nowhere, so that closing the output at exit does not fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
