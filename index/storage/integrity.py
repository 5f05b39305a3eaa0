"""Integrity: checksums (seals) beside each derived store, compared before it is opened.

Chroma and Tantivy trust their files. A damaged one ends the whole process, or answers from nothing without a word; a
folder that is gone is made anew, empty; one from a backup answers from articles that were taken out. So a seal says
to which library and generation a folder belongs and what its files hold, and is broken while somebody writes to them.
"""

import json
import os
import random
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from filelock import FileLock

#: What SQLite keeps: it writes to these at any time and notices damage by itself, when it is not cut off at the end.
_SQLITE = ".sqlite3"
#: Tantivy puts these anew in one step; after a crash they may be the old ones or the new ones.
_REPLACED = ("meta.json", ".managed.json")
#: Chroma writes these over in place.
_GRAPH = (".bin", ".pickle")
_PASSING = (".lock", "-wal", "-shm", "-journal", ".tmp")
_BLOCK = 1 << 20
#: Stored vectors that a graph which a crash may have torn is asked for, and seconds that this may take.
_TRIED, _TRYING = 400, 120

#: The entry of a file that has gone.
_GONE = (-1, None)

_Stat = tuple[int, int, int]
_known: dict[Path, tuple[_Stat, int]] = {}


@dataclass(frozen=True, slots=True)
class Seal:
    """`files` are those of the folder by name, each with its size in bytes and its checksum (None: SQLite's own)."""

    library: str
    generation: int
    broken: bool
    files: dict[str, tuple[int, int | None]] = field(default_factory=dict)


def seal(folder: Path, library: str, generation: int) -> None:
    """Mark the store in this folder as whole at this generation of this library."""
    files = dict(files_in(folder))
    _put(folder, Seal(library, generation, False, {name: _look(path) for name, path in files.items()}))
    here = set(files.values())
    for path in [path for path in list(_known) if path not in here and path.is_relative_to(folder)]:
        _known.pop(path, None)


def break_seal(folder: Path, library: str) -> None:
    """Mark the store in this folder as being changed, on disk before anything else is written."""
    old = seal_in(folder)
    if old is None or not old.broken:
        _put(folder, Seal(library, 0 if old is None else old.generation, True, {} if old is None else old.files))


def fault(folder: Path, library: str | None, generation: Callable[[], int], at_work: Callable[[], bool]) -> str | None:
    """Why the store in this folder must not be opened, in a few words; None where it is whole.

    `generation` is the library's, and `at_work` tells whether a process writes to it right now.
    """
    while True:
        found, now = seal_in(folder), generation()
        reason = _reason(folder, library, found, now, at_work)
        if reason is None or (found, now) == (seal_in(folder), generation()):  # or a process wrote between the looks
            return reason


def _reason(folder: Path, library: str | None, found: Seal | None, now: int, at_work: Callable[[], bool]) -> str | None:
    if not folder.is_dir():
        return "it was deleted"
    if found is None:
        return "its seal is missing"
    if found.library != library:
        return "it belongs to another library"
    if not found.broken and found.generation != now:
        return f"it is of another version of the library ({found.generation}, and the library is at {now})"
    return _damage(folder, found, at_work)


def is_broken(folder: Path) -> bool:
    """Whether a writer broke the seal and has not put it back."""
    found = seal_in(folder)
    return found is not None and found.broken


def _damage(folder: Path, found: Seal, at_work: Callable[[], bool]) -> str | None:
    there = dict(files_in(folder))
    torn = found.broken and any(name.endswith(_GRAPH) and name not in found.files for name in there)
    for name, (size, checksum) in found.files.items():
        seen = _seen(there[name]) if name in there else _GONE
        if seen == _GONE:  # perhaps just now: a writer deletes files that are no longer used
            if found.broken and not name.endswith(_SQLITE):
                continue
            return f"{name} was deleted"
        if checksum is None:
            if seen[0] < size:
                return f"{name} was cut off"
        elif not (found.broken and name.endswith(_REPLACED)) and seen != (size, checksum):
            if not found.broken or not name.endswith(_GRAPH):
                return f"{name} was changed"
            torn = True
    return "a crash has torn its graph" if torn and not at_work() and not _holds(folder) else None


def _holds(folder: Path) -> bool:
    """Whether Chroma answers from a graph that a crash may have torn. Tried once, and the result is kept."""
    noted = folder.with_name(folder.name + ".tried")
    now = json.dumps({name: _seen(path) for name, path in files_in(folder) if name.endswith(_GRAPH)})
    with FileLock(f"{noted}.lock", timeout=2 * _TRYING):
        with suppress(OSError, ValueError):
            files, holds = json.loads(noted.read_text(encoding="utf-8"))
            if files == now:
                return bool(holds)
        holds = _answers(folder)
        noted.write_text(json.dumps([now, holds]), encoding="utf-8")
        return holds


def _answers(folder: Path) -> bool:
    """The test runs in a process of its own, because a torn graph may crash it."""
    code = "import sys; from index.storage.integrity import try_out; try_out(sys.argv[1])"
    root = Path(__file__).parents[2]
    where = os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH", "")]))
    try:
        command = [sys.executable, "-c", code, str(folder)]
        env = {**os.environ, "PYTHONPATH": where}
        return subprocess.run(command, env=env, capture_output=True, timeout=_TRYING, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def try_out(folder: str) -> None:
    """Read every vector of a folder, and find some of them; whatever is wrong ends the process with an error."""
    from index.storage.vectors import VectorsOnDisk

    index = VectorsOnDisk(Path(folder))
    held = index.vectors(sorted(index.numbers()))
    if any(abs(float(np.linalg.norm(vector)) - 1) > 0.01 for vector in held.values()):
        raise ValueError("a vector is not of unit length")
    chosen = random.Random(0).sample(sorted(held), min(_TRIED, len(held)))
    found = sum(number in index.search(held[number], 10) for number in chosen)
    if found < 0.95 * len(chosen):
        raise ValueError("too few vectors are found")
    index.close()


def _file(folder: Path) -> Path:
    return folder.with_name(folder.name + ".seal")


def files_in(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files below a folder, each with its path from there."""
    found = (
        Path(place, name) for place, _, names in os.walk(folder) for name in names
    )  # files that go meanwhile are left out
    for path in sorted(found):
        if not path.name.endswith(_PASSING) and not _is_unused(path):
            yield path.relative_to(folder).as_posix(), path


def _is_unused(path: Path) -> bool:
    """Until Chroma has a thousand passages it keeps its graph in SQLite, and these files, anew each time, in vain."""
    return path.suffix == ".bin" and not path.with_name("index_metadata.pickle").exists()


def _look(path: Path) -> tuple[int, int | None]:
    """A file's size and checksum, read only if it has changed since this process last did."""
    status = path.stat()
    if path.name.endswith(_SQLITE):
        return status.st_size, None
    stat = (status.st_size, status.st_mtime_ns, status.st_ino)
    known = _known.get(path)
    if known is None or known[0] != stat:
        checksum = 0
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                checksum = zlib.crc32(block, checksum)
        known = _known[path] = (stat, checksum)
    return status.st_size, known[1]


def _seen(path: Path) -> tuple[int, int | None]:
    """The entry of a file that may go while it is read."""
    try:
        return _look(path)
    except OSError:
        return _GONE


def seal_in(folder: Path) -> Seal | None:
    """The seal of a folder; None where it has none that can be read."""
    try:
        value = json.loads(_file(folder).read_text(encoding="utf-8"))
        files = {str(name): (int(size), checksum) for name, (size, checksum) in value["files"].items()}
        return Seal(str(value["library"]), int(value["generation"]), bool(value["broken"]), files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _put(folder: Path, made: Seal) -> None:
    """Write a file in one step, and flush it to disk."""
    file = _file(folder)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(file.name + ".tmp")
    with fresh.open("w", encoding="utf-8") as out:
        json.dump(asdict(made), out)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
