"""The commands sync, add, remove, list, rebuild, check, backup and restore."""

import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from index.article import Article, article_info, day_in_words
from index.cli.console import (
    ERROR,
    NOT_FOUND,
    HomeOption,
    JsonOption,
    commands,
    complain,
    notice,
    output,
    print_json,
    progress,
    safe,
)
from index.errors import ArticleError
from index.filters import Filter
from index.ingestion.folders import SyncReport, passed_over
from index.library import Index
from index.schemas import backup_value, check_value, entry_value, sync_value

app = commands("Put articles into the library, take them out, and keep its index whole.")

Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Folders or files of articles.")]
Sources = Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Files or web addresses of articles.")]
Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of articles, or how they start (see `list`).")]

File = Annotated[Path, typer.Argument(metavar="FILE", help="The file of a backup.")]


@app.command()
def sync(paths: Paths, home: HomeOption = None, json: JsonOption = False) -> None:
    """Mirror folders: add what is new, read again what changed, remove what is gone from them."""
    with Index(home) as index, progress("Reading") as watch:
        report = index.sync(paths, progress=watch)
    if json:
        print_json(sync_value(report))
    else:
        _show_sync(report)
    for note in report.notes:
        notice(note.reason)
    if report.passed:
        notice(passed_over(report.passed))
    for failure in report.failed:
        complain(failure.reason)
    if report.failed:
        raise typer.Exit(ERROR)


@app.command()
def add(sources: Sources, home: HomeOption = None, json: JsonOption = False) -> None:
    """Put articles in, from files or web addresses."""
    with Index(home) as index:
        _each(sources, index.add, "Added", json)


@app.command()
def remove(ids: Ids, home: HomeOption = None, json: JsonOption = False) -> None:
    """Take articles out of the library; their files stay."""
    with Index(home) as index:
        _each(ids, index.remove, "Removed", json)


@app.command(name="list")
def list_(
    find: Annotated[str, typer.Option("--find", metavar="WORDS", help="Only with these in title or publisher.")] = "",
    publisher: Annotated[str | None, typer.Option("--publisher", metavar="NAME", help="Only by this one.")] = None,
    after: Annotated[datetime | None, typer.Option("--after", formats=["%Y-%m-%d"], help="Only from this day.")] = None,
    before: Annotated[datetime | None, typer.Option("--before", formats=["%Y-%m-%d"], help="Only to this day.")] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="NUMBER", min=1, help="How many at most.")] = 1_000_000,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Show what the library holds, newest first."""
    where = Filter(publisher, after.date() if after else None, before.date() if before else None)
    with Index(home) as index:
        entries = index.listing(find, limit, where=where).entries
        folder = index.home.folder
    if json:
        print_json([entry_value(entry) for entry in entries])
        return
    if not entries and (find or where):
        notice("The library holds no article that passes: loosen the filters.")
        return
    if not entries:
        notice(f"The library in {folder} holds no articles: add some with `python -m index add FILE`.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("id", no_wrap=True)
    table.add_column("title", overflow="fold")
    table.add_column("publisher", overflow="fold")
    table.add_column("date", no_wrap=True)  # a long source must not squeeze it
    table.add_column("passages", justify="right")
    table.add_column("added", no_wrap=True)
    table.add_column("source", overflow="fold")
    for entry in entries:
        article = entry.article
        table.add_row(
            safe(article.id[:12]),
            safe(article.title),
            safe(article.publisher),
            safe(day_in_words(article.published)),
            str(entry.passages),
            _local(entry.added),
            safe(article.source),
        )
    output().print(table)


@app.command()
def rebuild(home: HomeOption = None, json: JsonOption = False) -> None:
    """Make the whole index anew from the articles in the library; also the way to another embedding model."""
    began = time.monotonic()
    with Index(home) as index, progress("Indexing") as watch:
        passages = index.rebuild(progress=watch)
        articles = len(index.articles())
    seconds = time.monotonic() - began
    if json:
        print_json({"articles": articles, "passages": passages, "seconds": round(seconds, 3)})
    else:
        output().print(f"Indexed {_count(articles, 'article')} in {_count(passages, 'passage')}, in {seconds:.1f} s.")


@app.command()
def check(home: HomeOption = None, json: JsonOption = False) -> None:
    """Look whether the library is whole: counts agree, every offset holds, the search finds what is nearest."""
    with Index(home) as index:
        report = index.check()
    if json:
        print_json(check_value(report))
    else:
        held = f"{_count(report.articles, 'article')}, {_count(report.passages, 'passage')}"
        found = "" if report.recall is None else f"; the search finds {report.recall:.1%} of what is nearest"
        output().print(f"{held}{found}{': all is well.' if report.ok else '.'}", soft_wrap=True)
        for problem in report.problems:
            output().print(safe(f"- {problem}"), soft_wrap=True)
    if not report.ok:
        raise typer.Exit(NOT_FOUND)


@app.command()
def backup(file: File, home: HomeOption = None, json: JsonOption = False) -> None:
    """Write the library into one file, while it is in use; conversations and accounts are not in it."""
    with Index(home) as index:
        made = index.backup(file)
    if json:
        print_json(backup_value(made))
    else:
        line = f"Backed up {_count(made.articles, 'article')} to {made.file} ({made.size:,} bytes)."
        output().print(safe(line), soft_wrap=True)


@app.command()
def restore(file: File, home: HomeOption = None, json: JsonOption = False) -> None:
    """Put a backup in the place of the library, and make its index anew; what it replaces is kept beside it."""
    with progress("Indexing") as watch:
        made = Index.restore(file, home, progress=watch)
    if json:
        print_json(backup_value(made))
    else:
        output().print(safe(f"Restored {_count(made.articles, 'article')} from {made.file}."), soft_wrap=True)


def _show_sync(report: SyncReport) -> None:
    out = output()
    for doing, articles in (
        ("Added", report.added),
        ("Changed", report.changed),
        ("Corrected", report.corrected),
        ("Removed", report.removed),
    ):
        for article in articles:
            out.print(_line(doing, article), soft_wrap=True)
    counts = {
        "added": len(report.added),
        "changed": len(report.changed),
        "corrected by a newer version": len(report.corrected),
        "removed": len(report.removed),
        "unchanged": report.unchanged,
        "already there from elsewhere": len(report.same),
        "failed": len(report.failed),
    }
    said = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count) or "nothing found"
    out.print(f"{said[0].upper()}{said[1:]}, in {report.seconds:.1f} s.", soft_wrap=True)


def _each(sources: Iterable[str], act: Callable[[str], Article], done: str, json: bool) -> None:
    """Do it for each; one that fails leaves the rest alone."""
    articles, failed = [], []
    for source in sources:
        try:
            articles.append(act(source))
        except ArticleError as error:
            failed.append({"source": source, "reason": str(error)})
            complain(str(error))
            continue
        if not json:
            output().print(_line(done, articles[-1]), soft_wrap=True)
    if json:
        print_json({done.lower(): [article_info(each) for each in articles], "failed": failed})
    if failed:
        raise typer.Exit(ERROR)


def _line(done: str, article: Article) -> Text:
    about = ", ".join(part for part in (article.publisher, day_in_words(article.published)) if part)
    return safe(f"{done} {article.id[:12]}  {article.title}{f' ({about})' if about else ''}")


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"
