"""The parsing sandbox, child side: the process that reads files and gives up all it does not need.

`index.ingestion.sandbox` starts it and holds it to its time. It may use so much memory and so much of the processor, it
can write no file, start no program and open no connection; on systems without these limits (Windows has none of them,
macOS not the one of memory), the time that its parent waits for is what is left. It is asked over standard input and
answers over standard output: a length in eight bytes, then JSON; after a question come the bytes of its files.
"""

import json
import os
import sys
from typing import Any, BinaryIO

from index.article import article_info
from index.errors import ArticleError
from index.ingestion.parsing import RawArticle, read

MOST_NOTES = 50  # of one file
LENGTH = 8  # bytes, the most significant first

#: What Python says of itself before it does these; none of them has to do with reading an article.
_FORBIDDEN = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.startfile",
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.kill",
    "shutil.", "urllib.", "http.", "ftplib.", "smtplib.", "sqlite3.", "webbrowser.",
)  # fmt: skip
_FILES = 64  # open at once: what importing a library needs
_TIRED = 1_000  # files, or
_FULL = 300_000_000  # bytes: what libraries leave behind of each file must not count against the next


def _confine(memory: int) -> None:
    """Give up what reading does not need; it cannot be had back."""
    sys.addaudithook(_refuse)
    try:
        import resource
    except ImportError:  # Windows
        return
    wanted = [
        (resource.RLIMIT_CORE, 0),  # a crash leaves no file behind
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
        (getattr(resource, "RLIMIT_AS", None), memory),
        (getattr(resource, "RLIMIT_DATA", None), memory),
        (getattr(resource, "RLIMIT_NPROC", None), 0),  # not heeded for the administrator
    ]
    for which, most in wanted:
        if which is not None:
            try:
                resource.setrlimit(which, (most, most))
            except (OSError, ValueError):  # macOS knows some of them by name only
                continue


def _refuse(event: str, about: tuple[object, ...]) -> None:
    writes = event == "open" and isinstance(about[1], str) and any(sign in about[1] for sign in "wax+")
    if writes or event.startswith(_FORBIDDEN):
        raise PermissionError(f"reading an article takes no {event}")


def _allow_seconds(seconds: float) -> None:
    """So much of the processor from now on, should the parent be gone and nobody look at the clock."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 2, hard))


def _is_worn(files: int) -> bool:
    return files >= _TIRED or _resident() > _FULL


def _resident() -> int:
    """Bytes in memory now, or 0 where the system does not say. (The most so far would count the parent's, too.)"""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 (once a question: opened as quickly as can be)
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _answer(question: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        reading = read(RawArticle(data=data, **question))
    except ArticleError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"memory": True}
    article, modified = reading.article, reading.modified
    about = {key: value for key, value in article_info(article).items() if key not in ("id", "source")}
    when = None if modified is None else modified.isoformat()
    return {**about, "text": article.text, "modified": when, "notes": list(reading.notes[:MOST_NOTES])}


def _read_all(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) != length:
        sys.exit()  # the parent has gone
    return data


def serve() -> None:
    """Answer until the parent closes its end, or until enough has been read for a fresh process to take over."""
    questions = os.fdopen(os.dup(0), "rb")
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # whatever a library prints or asks for goes nowhere
        os.dup2(nowhere, stream)
    memory, seconds = int(sys.argv[2]), float(sys.argv[3])
    _confine(memory)
    done = 0
    while True:
        question = json.loads(_read_all(questions, int.from_bytes(_read_all(questions, LENGTH))))
        files = [(about, _read_all(questions, about.pop("length"))) for about in question]
        _allow_seconds(seconds)
        answers = [_answer(about, data) for about, data in files]
        done += len(files)
        told = json.dumps({"files": answers, "last": (last := _is_worn(done))}).encode()
        out.write(len(told).to_bytes(LENGTH) + told)
        out.flush()
        if last:
            return
