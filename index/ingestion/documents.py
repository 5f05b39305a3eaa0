"""PDF and Word documents: their values, and which titles and authors mean something."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from index.ingestion.normalising import one_line

MOST_CHARACTERS = 5_000_000

_NO_TITLE = re.compile(
    r"untitled.*|\(?(?:unspecified|anonymous)\)?|microsoft \w+ - .*|document\d*|(?:powerpoint )?presentation\d*"
    r"|.*\.(?:docx?|pdf|indd|txt|rtf|odt|qxd|pub)|[\d\W_]+",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"[^\W\d_][^\W\d_.’'-]*\.?(?:[\s,;&.’'-]+[^\W\d_]+[.’'-]?)+"
)  # an account is one word, or has figures
_NO_AUTHOR = re.compile(
    r"python[ -]docx|microsoft .*|user name|an? \w+|.*\b(?:administrator|department|author|user)\b.*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document, with blank lines between paragraphs, and what it says of itself.

    `notes` are sentences on what could not be read, each with the place it stands at.
    """

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: date | datetime | None = None
    notes: tuple[str, ...] = ()


def sensible_title(value: object) -> str | None:
    """A title that a writer gave, not one that a program made up.

    >>> sensible_title("Microsoft Word - talks.doc")
    >>> sensible_title("Talks end")
    'Talks end'
    """
    return _sensible(value, _NO_TITLE)


def sensible_author(value: object) -> str | None:
    """An author that a writer gave, not the name of an account or of a program.

    >>> sensible_author("python-docx")
    >>> sensible_author("jsmith2")
    >>> sensible_author("Ada Writer")
    'Ada Writer'
    """
    author = _sensible(value, _NO_AUTHOR)
    return author if author and _PERSON.fullmatch(author) else None


def _sensible(value: object, nonsense: re.Pattern[str]) -> str | None:
    text = one_line(value) if isinstance(value, str) else ""
    return None if not text or nonsense.fullmatch(text) else text
