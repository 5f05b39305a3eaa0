"""Document metadata: the title, author and date that a PDF, Word or text file names, where they mean something."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from index.ingestion.normalising import one_line
from index.ingestion.timestamps import parsed_moment

MOST_CHARACTERS = 5_000_000

_LONGEST_LINE = 200  # characters of a byline or a date line

_NO_TITLE = re.compile(
    r"untitled.*|\(?(?:unspecified|anonymous)\)?|microsoft \w+ - .*|document\d*|(?:powerpoint )?presentation\d*"
    r"|.*\.(?:docx?|pdf|indd|txt|rtf|odt|qxd|pub)|[\d\W_]+",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"[^\W\d_][^\W\d_.’'-]*\.?(?:[\s,;&.’'-]+[^\W\d_]+[.’'-]?)+"
)  # an account is one word, or has figures
_NO_AUTHOR = re.compile(
    r"python[ -]docx|microsoft .*|user name|un-?named|an? \w+|.*\b(?:administrator|department|author|user)\b.*",
    re.IGNORECASE,
)
_NAME = r"[^\W\d_][\w.’'-]*(?: (?:[^\W\d_][\w.’'-]*|de|van|von|der|den|al|bin|la|da|di)){1,4}"
_BYLINE = re.compile(rf"by:? (?P<names>{_NAME}(?:(?:,? (?:and|&) |, ){_NAME})*)", re.IGNORECASE)
_BETWEEN = re.compile(r",? (?:and|&) |, ", re.IGNORECASE)
_DATELINE = re.compile(
    r"(?:(?:published|updated|posted|date|dated|released|issued)\W+(?:on )?)?"
    r"(?:[^\W\d_][\w ]{1,24}, )?(?:[^\W\d_]+day,? )?"
    r"(?P<when>[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}(?:st|nd|rd|th|\.)? [^\W\d_]{3,12}\.?,? \d{4}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4})(?:\W+[^\W\d_]+day)?\W{0,2}",
    re.IGNORECASE,
)
_PARTICLES = frozenset(("de", "van", "von", "der", "den", "al", "bin", "la", "da", "di"))
_HEAD_LINES = 5
_HEADING = 100  # characters: lines with more are running text
_DATED_HEADING = re.compile(r".{3,80}?\s*[-–—|,:(]\s*(?P<when>[^-–—|:()]{8,30})\)?")
_TRANSCRIPT = re.compile(r"briefing|transcript|statement|remarks|release|read-?out|communiqu|interview", re.IGNORECASE)


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


def byline(line: str) -> str | None:
    """The people whom a line says an article is by, where it says nothing else; names in capitals are written as names.

    >>> byline("By ADA CORVIN and Osk Lind")
    'Ada Corvin; Osk Lind'
    >>> byline("By noon the ferry had left.")
    """
    found = _BYLINE.fullmatch(one_line(line[:_LONGEST_LINE]).rstrip("."))
    names = _BETWEEN.split(found["names"]) if found else []
    words = [word for name in names for word in name.split() if word not in _PARTICLES]
    if not words or not all(word[0].isupper() for word in words):
        return None
    return "; ".join(name.title() if name.isupper() else name for name in names)


def dateline(line: str) -> date | datetime | None:
    """The date that a line is, where it is nothing else.

    >>> dateline("FRIDAY, MARCH 13, 2026")
    datetime.date(2026, 3, 13)
    >>> dateline("The port opens on March 13, 2026, at noon.")
    """
    found = _DATELINE.fullmatch(one_line(line[:_LONGEST_LINE]))
    return parsed_moment(found["when"]) if found else None


def head_of(text: str) -> tuple[str | None, date | datetime | None]:
    """The author and the date in the first lines of a plain text: a byline, a date line, a transcript's dated heading.

    >>> head_of("DEPARTMENT PRESS BRIEFING - MARCH 13, 2026\\n\\nMR. HOLT: Good afternoon.")
    (None, datetime.date(2026, 3, 13))
    """
    author: str | None = None
    published: date | datetime | None = None
    lines = [line.strip() for line in text[:2_000].split("\n") if line.strip()][:_HEAD_LINES]
    for place, line in enumerate(lines):
        if len(line) > _HEADING:
            break
        author = author or byline(line)
        published = published or dateline(line)
        heading = _DATED_HEADING.fullmatch(line) if place == 0 and published is None else None
        if heading and (line.isupper() or _TRANSCRIPT.search(line)):
            published = dateline(heading["when"])
    return author, published
