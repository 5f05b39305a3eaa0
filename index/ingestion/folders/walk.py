"""The files in folders: those that hold articles, and those that are passed over."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.ingestion.folders.report import Failure
from index.ingestion.parsing import ARTICLE_SUFFIXES
from index.storage.records import SourceRow

_NO_FILES = frozenset(("thumbs.db", "desktop.ini"))  # which Windows leaves in folders
_PAGES = (".html", ".htm", ".xhtml")


@dataclass(slots=True)
class Found:
    """What a sync has to look at: `files` that hold articles, and those that it passes over."""

    files: list[Path] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    passed: list[Path] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)


def find(paths: Sequence[str | Path]) -> Found:
    """The files in these folders and among these files, each once and in order."""
    found = Found()
    for each in paths:
        path = Path(each).expanduser().absolute()
        if path.is_dir():
            found.folders.append(path)
            files, passed = _files(path)
            found.files += files
            found.passed += passed
        elif path.exists():
            found.files.append(path)
        else:
            found.failed.append(
                Failure(str(path), f"{path} is not there: check its name; what the library holds from it is kept.")
            )
    found.files = sorted(set(found.files), key=lambda path: path.parts)
    found.passed = sorted(set(found.passed) - set(found.files), key=lambda path: path.parts)
    return found


def article_files(folder: Path) -> list[Path]:
    """The article files in a folder and below it, in order; hidden ones are left out."""
    return sorted(_files(folder)[0], key=lambda path: path.parts)


def source_row(path: Path, article_id: str = "") -> SourceRow:
    """What a file looks like now: when this changes, it is read again."""
    status = path.stat()
    return SourceRow(str(path), article_id, status.st_size, status.st_mtime_ns)


def _files(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files below a folder with an ending that holds articles, and the others.

    Hidden files and folders are left out, and so is the folder "talks_files" beside "talks.html", in which a browser
    puts the pictures, programs and frames of a page that it saves.
    """
    articles: list[Path] = []
    others: list[Path] = []
    for place, folders, names in os.walk(folder):
        pages = {Path(name).stem for name in names if Path(name).suffix.lower() in _PAGES}
        folders[:] = [each for each in folders if not each.startswith(".") and not _is_of_a_page(each, pages)]
        for name in names:
            path = Path(place, name)
            if name.startswith(".") or name.lower() in _NO_FILES or not path.is_file():
                continue
            (articles if path.suffix.lower() in ARTICLE_SUFFIXES else others).append(path)
    return articles, others


def _is_of_a_page(folder: str, pages: set[str]) -> bool:
    return any(
        folder.endswith(ending) and folder.removesuffix(ending) in pages for ending in ("_files", "-Dateien", ".files")
    )
