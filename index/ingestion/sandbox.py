"""The parsing sandbox, parent side: a child process with limited memory and time reads each file."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from index.article import Article
from index.errors import ArticleError
from index.ingestion.documents import MOST_CHARACTERS
from index.ingestion.frontmatter import is_web_address, parsed_date
from index.ingestion.normalising import clean, one_line
from index.ingestion.parsing import ParsedArticle, RawArticle
from index.ingestion.sandbox_process import LENGTH, MOST_NOTES

_ROOT = str(Path(__file__).resolve().parents[2])
PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from index.ingestion.sandbox_process import serve; serve()"
)
#: Of the environment, only what a Python needs to start: no keys, no proxies, no settings.
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL")
_LONGEST_ANSWER = 16 * MOST_CHARACTERS  # bytes: a character takes up to twelve when it is escaped
log = logging.getLogger("talks")

_LONGEST_NOTE = 500  # characters
_GLANCE = 0.2  # seconds between two looks at the clock


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: seconds, and bytes of memory in all."""

    seconds: float = 60.0
    memory: int = 1_000_000_000


class _Reply(BaseModel):
    """What the reading process may say: nothing of it is believed that does not have this form."""

    model_config = ConfigDict(extra="forbid", strict=True)

    error: str | None = Field(None, max_length=2_000)
    memory: bool = False
    title: str = Field("", max_length=MOST_CHARACTERS)
    text: str = Field("", max_length=MOST_CHARACTERS)
    publisher: str | None = None
    author: str | None = None
    published: str | None = Field(None, max_length=100)
    url: str | None = None
    language: str | None = None
    modified: str | None = Field(None, max_length=100)
    notes: list[str] = Field([], max_length=MOST_NOTES)

    def reading(self, raw: RawArticle) -> ParsedArticle:
        """What was read of `raw`. Raises ValueError for one that reading never gives."""
        if not self.text or not self.title or self.text != clean(self.text).strip():
            raise ValueError("an article without text or title, or with characters that nobody sees")
        if self.url is not None and not is_web_address(self.url):
            raise ValueError("an address that is none")
        day = None if self.published is None else parsed_date(self.published)
        url = self.url or raw.url
        about = (self.publisher, self.author, day, url, self.language)
        article = Article("", self.title, self.text, raw.source, *about)
        changed = None if self.modified is None else parsed_date(self.modified)
        return ParsedArticle(article, changed, tuple(one_line(note)[:_LONGEST_NOTE] for note in self.notes))


class _Answers(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    files: list[_Reply]
    last: bool


class _Process:
    """A reading process, and a thread that ends it when a file takes longer than it may."""

    def __init__(self, limits: Limits) -> None:
        path = sys.path if _ROOT in sys.path else [_ROOT, *sys.path]
        self.late = False
        self._ends: float | None = None
        self._over = threading.Event()
        self._process = subprocess.Popen(
            # -I and -S: nothing is found but what this process would find. Forking would copy the encoder.
            [sys.executable, "-I", "-S", "-c", PROGRAM, json.dumps(path), str(limits.memory), str(limits.seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            start_new_session=True,  # Ctrl-C is for this process to act on
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.pid = self._process.pid
        self._watch = threading.Thread(target=self._look_at_the_clock, name="talks-reading", daemon=True)
        self._watch.start()

    def ask(self, question: bytes, seconds: float) -> bytes | None:
        """The answer to a question; None where the process ends before it has given one."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._ends = time.monotonic() + seconds
        try:
            self._process.stdin.write(question)
            self._process.stdin.flush()
            length = self._process.stdout.read(LENGTH)
            if len(length) < LENGTH or int.from_bytes(length) > _LONGEST_ANSWER:
                return None
            told = self._process.stdout.read(int.from_bytes(length))
            return told if len(told) == int.from_bytes(length) else None
        except OSError:  # it ended before it had read the whole question
            return None
        finally:
            self._ends = None

    def close(self) -> bool:
        """End it; whether it had run out of time comes back."""
        self._over.set()
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        code = self._process.wait()
        return self.late or code == -getattr(signal, "SIGXCPU", 0)

    def _look_at_the_clock(self) -> None:
        while not self._over.wait(_GLANCE):
            ends = self._ends
            if ends is not None and time.monotonic() > ends:
                self.late = True
                self._process.kill()


class ConfinedReader:
    """Reads articles one after another in a process that starts with the first and is replaced when it breaks.

    >>> reader = ConfinedReader()
    >>> reader.parse(RawArticle("talks.txt", "talks", "text", b"Talks ended.")).text
    'Talks ended.'
    >>> reader.close()
    """

    def __init__(self, limits: Limits = Limits()) -> None:
        self.limits = limits
        self._lock = threading.Lock()
        self._process: _Process | None = None

    @property
    def pid(self) -> int | None:
        """The id of the process that reads; None while there is none."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Start the process now, so that it is ready by the time the first article is."""
        with self._lock:
            self._running()

    def close(self) -> None:
        """End the process; the next article starts another."""
        with self._lock:
            self._end()

    def parse(self, raw: RawArticle) -> Article:
        """The article in `raw`, as `index.ingestion.parsing.parsed` gives it. Raises ArticleError.

        What of its file is not read is logged as a warning.
        """
        reading = self.read(raw)
        for note in reading.notes:
            log.warning("%s: %s.", raw.name, note)
        return reading.article

    def read(self, raw: RawArticle) -> ParsedArticle:
        """What is in `raw`, as `index.ingestion.parsing.read` gives it. Raises ArticleError."""
        (found,) = self.read_all([raw])
        if isinstance(found, ArticleError):
            raise found
        return found

    def read_all(self, raws: Sequence[RawArticle]) -> list[ParsedArticle | ArticleError]:
        """What is in each, or why it cannot be read. Small files are best asked for some at a time.

        Where one of several breaks the process, they are read one by one.
        """
        with self._lock:
            found, late = self._ask(raws)
            if found is None and len(raws) == 1:
                return [self._late(raws[0]) if late else _broken(raws[0])]
        return found if found is not None else [each for raw in raws for each in self.read_all([raw])]

    def _ask(self, raws: Sequence[RawArticle]) -> tuple[list[ParsedArticle | ArticleError] | None, bool]:
        """What the process says of each; or None, and whether it ran out of time."""
        about = [
            {"name": raw.name, "stem": raw.stem, "kind": raw.kind, "content_type": raw.content_type, "url": raw.url}
            for raw in raws
        ]
        head = json.dumps([each | {"length": len(raw.data)} for each, raw in zip(about, raws, strict=True)]).encode()
        question = b"".join([len(head).to_bytes(LENGTH), head, *(raw.data for raw in raws)])
        told = self._running().ask(question, self.limits.seconds)
        if told is None:
            return None, self._end()
        try:
            answers = _Answers.model_validate_json(told)
            found = [self._believed(answer, raw) for answer, raw in zip(answers.files, raws, strict=True)]
        except ValueError:
            self._end()
            return None, False
        if answers.last:
            self._end()
        return found, False

    def _believed(self, answer: _Reply, raw: RawArticle) -> ParsedArticle | ArticleError:
        if answer.error is not None:
            return ArticleError(answer.error)
        if answer.memory:
            return self._too_much(raw)
        return answer.reading(raw)

    def _running(self) -> _Process:
        if self._process is None:
            self._process = _Process(self.limits)
        return self._process

    def _end(self) -> bool:
        process, self._process = self._process, None
        return process is not None and process.close()

    def _late(self, raw: RawArticle) -> ArticleError:
        return ArticleError(
            f"{raw.name} takes more than {self.limits.seconds:g} seconds to read; save the article as plain text and "
            "add that."
        )

    def _too_much(self, raw: RawArticle) -> ArticleError:
        megabytes = self.limits.memory // 1_000_000
        return ArticleError(
            f"{raw.name} takes more than {megabytes:,} MB of memory to read; save the article as plain text and add "
            "that."
        )


def _broken(raw: RawArticle) -> ArticleError:
    return ArticleError(f"{raw.name} breaks what reads it; save the article as plain text and add that.")
