"""Changes to the library: adding articles and rebuilding the index, told step by step."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from assistant.service import Service
from assistant.web.ui.escaping import isolated, plain
from index import Article, Progress, TalksError

UNEXPECTED = "it could not be read, for a reason that only the log tells."

log = logging.getLogger("talks")


@dataclass(frozen=True, slots=True)
class ArticlesUpdate:
    """An update of the articles room: the state of the work, and whether the table must be read again."""

    work: str
    status: str = ""
    changed: bool = False
    done: bool = False

    @property
    def html(self) -> str:
        """The state of the work as HTML, with attributes for the page's scripts."""
        changed = " data-changed" if self.changed else ""
        return f'{self.work}<span hidden data-status="{plain(self.status)}"{changed}></span>'


@dataclass(frozen=True, slots=True)
class _Job:
    """One article to add: its name on the page, and the function that adds it."""

    name: str
    add: Callable[[], Article]


class Articles:
    """The handlers that change the library from the page."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def add_files(self, files: Sequence[str] | None) -> Iterator[ArticlesUpdate]:
        """Add uploaded files, one after another."""
        yield from self._add([_Job(Path(each).name, self._file(each)) for each in files or ()])

    def add_addresses(self, addresses: str) -> Iterator[ArticlesUpdate]:
        """Add the pages at web addresses, one on a line."""
        lines = [line.strip() for line in addresses.splitlines() if line.strip()]
        if not lines:
            yield ArticlesUpdate(
                failed_line("The address", "it is empty: write one as https://… ."), "Nothing was added."
            )
            return
        yield from self._add([_Job(line, partial(self._service.add_url, line)) for line in lines])

    def add_text(self, title: str, publisher: str, published: str, text: str) -> Iterator[ArticlesUpdate]:
        """Add an article that was pasted."""

        def add() -> Article:
            try:
                on = date.fromisoformat(published) if published else None
            except ValueError as error:
                raise TalksError("The date cannot be read: write it like 2026-02-18.") from error
            return self._service.add_text(text, title=title, publisher=publisher or None, published=on)

        yield from self._add([_Job(title.strip() or "The pasted article", add)])

    def rebuild(self) -> Iterator[ArticlesUpdate]:
        """Rebuild the index, and report the progress."""
        steps: SimpleQueue[Progress | str] = SimpleQueue()

        def work() -> None:
            try:
                with self._service.index() as index:
                    count = index.rebuild(progress=steps.put)
                steps.put(_line("The index", f"made anew: {count:,} passages", "done"))
            except TalksError as error:
                steps.put(failed_line("The index", str(error), "made anew"))
            except Exception:
                log.exception("The index could not be rebuilt")
                steps.put(failed_line("The index", UNEXPECTED, "made anew"))

        threading.Thread(target=work, name="talks-rebuild", daemon=True).start()
        while isinstance(step := steps.get(), Progress):
            bar = f'<progress aria-label="Rebuilding" max="{max(step.total, 1)}" value="{step.done}"></progress>'
            told = f"{step.done:,} of {step.total:,} articles"
            yield ArticlesUpdate(f'<p class="work running">{bar} <span class="state">{told}</span></p>', "Rebuilding…")
        yield ArticlesUpdate(step, "Rebuild finished.", changed=True, done=True)

    def _file(self, path: str) -> Callable[[], Article]:
        def add() -> Article:
            self._service.wait()
            with self._service.index() as index:
                return index.add(path, name=Path(path).name)

        return add

    def _generation(self) -> int:
        self._service.wait()
        with self._service.index() as index:
            return index.generation()

    def _add(self, jobs: Sequence[_Job]) -> Iterator[ArticlesUpdate]:
        lines = [_line(job.name, "waiting", "waiting") for job in jobs]
        added, known = 0, 0
        for place, job in enumerate(jobs):
            lines[place] = running_line(job.name)
            yield ArticlesUpdate("".join(lines), f"Adding {place + 1} of {len(jobs)}…", changed=place > 0)
            try:
                before = self._generation()
                article = job.add()
                if self._generation() == before:
                    lines[place] = _line(article.title, "already in the library", "done")
                    known += 1
                else:
                    lines[place] = _line(article.title, "added", "done")
                    added += 1
            except TalksError as error:
                lines[place] = failed_line(job.name, str(error))
            except Exception:
                log.exception("An article could not be added")
                lines[place] = failed_line(job.name, UNEXPECTED)
        if jobs:
            failed = len(jobs) - added - known
            told = [f"{added} added"] if added else []
            told += [f"{known} already in the library"] if known else []
            told += [f"{failed} could not be added"] if failed else []
            status = f"{', '.join(told)}."
            yield ArticlesUpdate("".join(lines), status, changed=True, done=not failed)


def refused(reason: str) -> ArticlesUpdate:
    """The update for a visitor who may not change the library, or not so soon."""
    return ArticlesUpdate(f'<p class="work failed">{plain(reason)}</p>', "Nothing was changed.")


def _line(name: str, state: str, kind: str) -> str:
    return f'<p class="work {kind}">{isolated(name)} <span class="state">{plain(state)}</span></p>'


def running_line(name: str) -> str:
    """The line of an article that is being read."""
    bar = f'<progress aria-label="Adding {plain(name)}"></progress>'
    return f'<p class="work running">{isolated(name)} {bar} <span class="state">reading…</span></p>'


def failed_line(name: str, reason: str, what: str = "added") -> str:
    """The line of what failed, with the reason; `what` was not done."""
    return _line(name, f"not {what}: {reason}", "failed")
