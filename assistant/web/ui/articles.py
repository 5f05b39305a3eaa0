"""Handlers of the Articles tab: the table of the library, adding, removing and rebuilding."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from assistant.service import Service
from assistant.web.ui.escaping import day, host_of, isolated, plain, visible, web_address
from index import Article, Entry, Progress, TalksError

#: Rows of the table; whoever has more finds the others by their title or publisher.
MOST_ROWS = 200
_REMOVE_HEAD = '<th scope="col"><span class="unseen">Remove</span></th>'
UNEXPECTED = "it could not be read, for a reason that only the log tells."

log = logging.getLogger("talks")


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the tab shall show now: how the work goes, and whether the table must be read again."""

    work: str
    status: str = ""
    changed: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class _Job:
    """One article to add: the name it is shown by, and how."""

    name: str
    add: Callable[[], Article]


class Articles:
    """The library as the page shows and changes it."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def table(self, find: str | None = "", *, editable: bool = True) -> str:
        """The library as a table; only articles with `find` in title or publisher; `editable`: they can be removed."""
        wanted = (find or "").strip()
        listing = self._service.listing(wanted, MOST_ROWS)
        if not listing.entries:
            said = "No article has these words in its title or publisher." if listing.total else "The library is empty."
            return f'<p class="remark">{said}</p>'
        rows = "".join(_row(each, editable) for each in listing.entries)
        heads = "".join(f'<th scope="col">{each}</th>' for each in ("Title", "Publisher", "Date", "Passages", "Added"))
        count = f"{listing.total:,} article{'' if listing.total == 1 else 's'}"
        if listing.found > MOST_ROWS:
            count += f"; the newest {MOST_ROWS} are shown: use the search to find others"
        elif wanted:
            count += f", {listing.found:,} found"
        return (
            f'<table class="library"><caption>{count}</caption><thead><tr>{heads}<th scope="col">From</th>'
            f"{_REMOVE_HEAD if editable else ''}</tr>"
            f"</thead><tbody>{rows}</tbody></table>"
        )

    def publishers(self) -> list[str]:
        """The names to filter by."""
        return self._service.publishers()

    def newest(self) -> list[Article]:
        """The articles that example questions are drawn from."""
        return [each.article for each in self._service.listing(most=5).entries]

    def add_files(self, files: Sequence[str] | None) -> Iterator[Shelf]:
        """Add uploaded files, one after another."""
        yield from self._add([_Job(Path(each).name, self._file(each)) for each in files or ()])

    def add_addresses(self, addresses: str) -> Iterator[Shelf]:
        """Add the pages at web addresses, one on a line."""
        lines = [line.strip() for line in addresses.splitlines() if line.strip()]
        if not lines:
            yield Shelf(_failed_line("The address", "it is empty: write one as https://… ."), "Nothing was added.")
            return
        yield from self._add([_Job(line, partial(self._service.add_url, line)) for line in lines])

    def add_text(self, title: str, publisher: str, published: str, text: str) -> Iterator[Shelf]:
        """Add an article that was pasted."""

        def add() -> Article:
            try:
                on = date.fromisoformat(published) if published else None
            except ValueError as error:
                raise TalksError("The date cannot be read: write it like 2026-02-18.") from error
            return self._service.add_text(text, title=title, publisher=publisher or None, published=on)

        yield from self._add([_Job(title.strip() or "The pasted article", add)])

    def remove(self, article: str) -> Shelf:
        """Take an article out of the library."""
        try:
            with self._service.index() as index:
                if not any(each.id == article for each in index.articles()):
                    return Shelf(
                        _failed_line("The article", "it is no longer in the library.", "removed"),
                        "Nothing was removed.",
                        changed=True,
                    )
                gone = index.remove(article)
        except TalksError as error:
            return Shelf(_failed_line("The article", str(error), "removed"), "Nothing was removed.")
        except Exception:
            log.exception("An article could not be removed")
            return Shelf(_failed_line("The article", UNEXPECTED, "removed"), "Nothing was removed.")
        return Shelf(_line(gone.title, "removed", "done"), f"Removed: {visible(gone.title)}", changed=True)

    def rebuild(self) -> Iterator[Shelf]:
        """Make the index anew from the articles, telling how far it is."""
        steps: SimpleQueue[Progress | str] = SimpleQueue()

        def work() -> None:
            try:
                with self._service.index() as index:
                    count = index.rebuild(progress=steps.put)
                steps.put(_line("The index", f"made anew: {count:,} passages", "done"))
            except TalksError as error:
                steps.put(_failed_line("The index", str(error), "made anew"))
            except Exception:
                log.exception("The index could not be rebuilt")
                steps.put(_failed_line("The index", UNEXPECTED, "made anew"))

        threading.Thread(target=work, name="talks-rebuild", daemon=True).start()
        while isinstance(step := steps.get(), Progress):
            bar = f'<progress aria-label="Rebuilding" max="{max(step.total, 1)}" value="{step.done}"></progress>'
            told = f"{step.done:,} of {step.total:,} articles"
            yield Shelf(f'<p class="work running">{bar} <span class="state">{told}</span></p>', "Rebuilding…")
        yield Shelf(step, "Rebuild finished.", changed=True, done=True)

    def _file(self, path: str) -> Callable[[], Article]:
        def add() -> Article:
            self._service.wait()
            with self._service.index() as index:
                return index.add(path, name=Path(path).name)

        return add

    def _add(self, jobs: Sequence[_Job]) -> Iterator[Shelf]:
        lines = [_line(job.name, "waiting", "waiting") for job in jobs]
        added = 0
        for place, job in enumerate(jobs):
            lines[place] = _running_line(job.name)
            yield Shelf("".join(lines), f"Adding {place + 1} of {len(jobs)}…", changed=place > 0)
            try:
                article = job.add()
                lines[place] = _line(article.title, "added", "done")
                added += 1
            except TalksError as error:
                lines[place] = _failed_line(job.name, str(error))
            except Exception:
                log.exception("An article could not be added")
                lines[place] = _failed_line(job.name, UNEXPECTED)
        if jobs:
            failed = len(jobs) - added
            status = f"{added} added" + (f", {failed} could not be added" if failed else "") + "."
            yield Shelf("".join(lines), status, changed=True, done=not failed)


def refused(reason: str) -> Shelf:
    """What to show to those who may not change the library, or not so soon."""
    return Shelf(f'<p class="work failed">{plain(reason)}</p>', "Nothing was changed.")


def _row(entry: Entry, editable: bool) -> str:
    article = entry.article
    address = web_address(article.source) or web_address(article.url)
    came = isolated(host_of(address)) if address else isolated(Path(article.source).name or article.source)
    sure = (
        '<span class="sure" hidden>Remove it for good? '
        f'<button type="button" data-remove-now="{plain(article.id)}">Yes, remove</button> '
        '<button type="button" data-keep>Keep it</button></span>'
    )
    title = f'<span class="unseen"> {isolated(article.title)}</span>'
    remove = f'<td><button type="button" data-remove>Remove{title}</button>{sure}</td>'
    return (
        f'<tr><th scope="row">{isolated(article.title)}</th><td data-head="Publisher">'
        f'{isolated(article.publisher or "–")}</td><td data-head="Date">{day(article.published) or "–"}</td>'
        f'<td data-head="Passages">{entry.passages:,}</td><td data-head="Added">{day(entry.added)}</td>'
        f'<td data-head="From">{came}</td>'
        f"{remove if editable else ''}</tr>"
    )


def _line(name: str, state: str, kind: str) -> str:
    return f'<p class="work {kind}">{isolated(name)} <span class="state">{plain(state)}</span></p>'


def _running_line(name: str) -> str:
    bar = f'<progress aria-label="Adding {plain(name)}"></progress>'
    return f'<p class="work running">{isolated(name)} {bar} <span class="state">reading…</span></p>'


def _failed_line(name: str, reason: str, what: str = "added") -> str:
    return _line(name, f"not {what}: {reason}", "failed")
