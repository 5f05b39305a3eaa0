"""Markdown export: a conversation with every citation as a footnote."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote as percent

from assistant.answer import Answer, mark, outcome
from assistant.conversations.serialization import SavedTurn
from index.article import day_in_words

#: A marker once its text is plain.
_MARKER = re.compile(r" ?\\\[(\d{1,3})\\\]")
#: Characters with a meaning of their own in Markdown or HTML.
_SPECIAL = re.compile(r"([\\`*_\[\]<>~|$&#!])")
_LINE_START = re.compile(r"^[ \t]*(?:(?P<sign>[-+=])|(?P<number>\d{1,9})(?=[.)]))?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Note:
    number: int
    quote: str
    title: str
    publisher: str | None
    published: date | None
    url: str | None
    remark: str = ""


def as_markdown(title: str, turns: Sequence[SavedTurn]) -> str:
    """The turns as Markdown that shows every character as it was; markers become footnotes, numbered by turn.

    >>> as_markdown("Geneva", [])
    '# Geneva\\n'
    """
    parts = [f"# {plain(title)}"]
    for turn in turns:
        notes = _notes(turn)
        numbers = {note.number for note in notes}
        parts += [f"## {plain(' '.join(turn.question.split()))}", _text(turn.answer.text, turn.position + 1, numbers)]
        parts += [plain(line) for line in _about(turn.answer)]
        parts += [_footnote(f"{turn.position + 1}-{note.number}", note) for note in notes]
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    r"""The text escaped so that Markdown shows every character, and fetches or runs nothing.

    >>> plain("1. *All*")
    '1\\. \\*All\\*'
    """
    return _LINE_START.sub(_shown, _SPECIAL.sub(r"\\\1", text))


def _shown(start: re.Match[str]) -> str:
    """A line escaped so that Markdown makes no list, heading or code of it."""
    return f"{start['number']}\\" if start["number"] else "\\" * bool(start["sign"]) + (start["sign"] or "")


def _text(text: str, turn: int, numbers: set[int]) -> str:
    def footnote(marker: re.Match[str]) -> str:
        return f"[^{turn}-{marker[1]}]" if int(marker[1]) in numbers else marker[0]

    return _MARKER.sub(footnote, plain(text))


def _about(answer: Answer) -> list[str]:
    """How the answer came about, a line each."""
    lines = [f"Read as: {' '.join(answer.read_as.split())}"] if answer.read_as else []
    lines += answer.notices
    if mark(answer) and answer.checks is not None:
        told = f" {outcome(answer.checks)}" if answer.checks.sentences else ""
        lines.append(f"{mark(answer)}.{told}")
    return lines


def _notes(turn: SavedTurn) -> list[_Note]:
    notes = [
        _Note(
            each.number,
            each.quote,
            each.article.title,
            each.article.publisher,
            each.article.published,
            each.article.url,
        )
        for each in turn.answer.citations
    ]
    for each in turn.stale:
        if each.number:
            remark = "no longer in the library" if each.gone else "the article has changed since"
            notes.append(_Note(each.number, each.quote, each.title, each.publisher, each.published, each.url, remark))
    return sorted(notes, key=lambda note: note.number)


def _footnote(label: str, note: _Note) -> str:
    about = [f"“{note.title}”", note.publisher or "", day_in_words(note.published)]
    line = plain(", ".join(part for part in about if part))
    address = _address(note.url)
    remark = f" ({note.remark})" if note.remark else ""
    words = "\n".join(f"    > {line}".rstrip() for line in plain(note.quote).splitlines())
    return f"[^{label}]: {line}{f', <{address}>' if address else ''}{remark}:\n{words}"


def _address(url: str | None) -> str:
    """The URL, if it is one of the web, safe between angle brackets."""
    if url is None or not url.lower().startswith(("http://", "https://")):
        return ""
    return percent(url, safe="%/:?#[]@!$&'()*+,;=~-._")
