"""What a sync reports: articles that came, changed and went, and every file that did not become one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from index.article import Article

_MOST_NAMED = 8  # endings that are named one by one


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and the sentence that says why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did, article by article. `seconds` is how long it took.

    `corrected` are articles whose words were replaced by those of a newer version, read from their `source`; they keep
    their ids. `same` are files whose article the library already had from elsewhere, in the same words or in newer
    ones. `passed` are files in the folders whose endings hold no article. `notes` tell what of a file could not be
    read, where the rest of it is in the library.
    """

    added: tuple[Article, ...] = ()
    changed: tuple[Article, ...] = ()
    corrected: tuple[Article, ...] = ()
    removed: tuple[Article, ...] = ()
    same: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    notes: tuple[Failure, ...] = ()
    passed: tuple[str, ...] = ()
    unchanged: int = 0
    seconds: float = 0.0


def passed_over(files: Sequence[str]) -> str:
    """The sentence that names the files that hold no article, by their endings and how many each has.

    >>> passed_over(["/news/a.zip", "/news/b.zip", "/news/README"])
    'Passed over 3 files that hold no article: 2 .zip, 1 without an ending.'
    """
    counts = Counter(PurePath(each).suffix.lower() or "without an ending" for each in files)
    named = [f"{count:,} {ending}" for ending, count in counts.most_common(_MOST_NAMED)]
    others = len(files) - sum(count for _, count in counts.most_common(_MOST_NAMED))
    listed = ", ".join([*named, *([f"{others:,} others"] if others else [])])
    some = "1 file that holds" if len(files) == 1 else f"{len(files):,} files that hold"
    return f"Passed over {some} no article: {listed}."
