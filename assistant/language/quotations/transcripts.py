"""Transcripts and interviews: lines that begin with their speaker, and questions that are answered."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

_NAME = r"[A-Z][\w.’'-]*(?:[ \u00a0]+(?:[A-Z][\w.’'-]*|de|van|von|al|bin|of|the|and)){0,5}"
#: "TOMAS BERREL, head of the delegation: …", "Q: …", "QUESTION (The Warden): …"; also in bold.
_ROLE = r"(?:, [^:\n“”\"]{3,80}| \([^)\n]{2,60}\))?"
_LINE = re.compile(rf"(?:\*\*|[“\"])?(?P<name>[QA](?=[.:]\s)|{_NAME})(?P<role>{_ROLE})(?:\*\*)?[:.](?:\*\*)?\s+(?=\S)")
_ASKS = re.compile(r"(?:Q|QUESTION|Question|REPORTER|Reporter|JOURNALIST|Journalist|INTERVIEWER|Interviewer|PRESS)\b")
_ANSWERS = frozenset({"A", "ANSWER", "Answer"})
_MARK = re.compile(r"[“”\"]")
_YOU = re.compile(r"\byour?\b", re.IGNORECASE)
_I = re.compile(r"\b(?:I|I’m|I'm|my|me|we|our|us)\b")
_LONG = 45
_SIGNED = re.compile(rf"(?:^|[”\"]\s?)[—―–-]{{1,2}}\s?(?P<name>{_NAME})(?:,[^.!?\n]{{0,80}})?\.?\s*$")
#: Words before a colon that name no speaker.
_NO_NAME = frozenset(
    "note update correction editor’s editor's read related photo video watch source sources more also see image "
    "caption interview words text reporting breaking live exclusive opinion analysis transcript timeline fact "
    "poll published updated".split()
)


@dataclass(frozen=True, slots=True)
class TranscriptTurn:
    """A turn of a conversation: characters `start` to `end` of the text, behind its speaker's name.

    `name` and `role` are as the text gives them; `asks` where it is a question put by a reporter.
    """

    start: int
    end: int
    name: str
    role: str = ""
    asks: bool = False


def turns(text: str, paragraphs: Sequence[tuple[int, int]], about: str = "") -> list[TranscriptTurn]:
    """The turns of a transcript or an interview; none where the text is neither.

    `about` is whoever is interviewed, for answers without a name. A paragraph without a name goes on with the turn
    before it. A text is a transcript where at least three of its paragraphs begin with a name and a colon, of whom
    one speaks twice, or where "Q." or "A." do.

    >>> text = "Q. Will you come?\\n\\nA. I will."
    >>> [(turn.name, turn.asks) for turn in turns(text, [(0, 17), (19, 28)], "Mira Holt")]
    [('Q', True), ('Mira Holt', False)]
    """
    lines = [_LINE.match(text, start, end) for start, end in paragraphs]
    named = [line for line in lines if line is not None and _speaks(line)]
    asked = sum(bool(_ASKS.match(line["name"])) for line in named)
    names = [line["name"].split()[-1].lower() for line in named]
    if (len(named) >= 3 and (asked or len(set(names)) < len(names))) or (asked and len(named) >= 2):
        return _transcript(text, paragraphs, lines, about)
    return _interview(text, paragraphs, about)


def may_converse(text: str, paragraphs: Sequence[tuple[int, int]]) -> bool:
    """Whether a text could have turns at all, which is told in a moment: two named lines, or three questions.

    >>> may_converse("Talks ended.", [(0, 12)])
    False
    """
    named = (line for start, end in paragraphs if (line := _LINE.match(text, start, end)) and _speaks(line))
    return len(list(islice(named, 2))) == 2 or sum(text[a:b].rstrip("*# ").endswith("?") for a, b in paragraphs) >= 3


def _speaks(line: re.Match[str]) -> bool:
    colon = ":" in line.group().rstrip()[-3:]
    short = line["name"] in {"Q", "A"}
    return (colon or short) and line["name"].split()[0].lower() not in _NO_NAME


def _transcript(
    text: str, paragraphs: Sequence[tuple[int, int]], lines: Sequence[re.Match[str] | None], about: str
) -> list[TranscriptTurn]:
    found: list[TranscriptTurn] = []
    for (start, end), line in zip(paragraphs, lines, strict=True):
        if line is not None and _speaks(line):
            name, asks = line["name"], bool(_ASKS.match(line["name"]))
            found.append(
                TranscriptTurn(start, end, about if name in _ANSWERS else name, line["role"].strip(" ,()"), asks)
            )
        elif found:
            last = found[-1]
            found.append(TranscriptTurn(start, end, last.name, last.role, last.asks))
    return found


def _interview(text: str, paragraphs: Sequence[tuple[int, int]], about: str) -> list[TranscriptTurn]:
    """An interview: at least three paragraphs are short questions, to somebody whom the text is about."""
    said = [text[start:end].strip("*# ") for start, end in paragraphs]
    asks = [each.endswith("?") and len(each.split()) < _LONG and not _MARK.search(each) for each in said]
    pairs = sum(ask and at + 1 < len(asks) and not asks[at + 1] for at, ask in enumerate(asks))
    to_somebody = any(_YOU.search(each) for each, ask in zip(said, asks, strict=True) if ask)
    if not about or pairs < 3 or not (to_somebody or "interview" in text.lower()):
        return []
    first = asks.index(True)
    found: list[TranscriptTurn] = []
    for at in range(first, len(said)):
        if about in said[at] or said[at].startswith(("Interview", "By ")):
            break  # what follows is about the interview
        # A reporter puts it to somebody without a question mark, too: "Your delegation brought one demand."
        put = len(said[at].split()) < _LONG and bool(_YOU.search(said[at])) and not _I.search(said[at])
        ask = asks[at] or (put and bool(found) and not found[-1].asks)
        found.append(TranscriptTurn(*paragraphs[at], "" if ask else about, "", ask))
    return found


def headed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name that a single line begins with, before a colon: "Pence: No debate on Monday"; a headline does so.

    >>> headed("Pence: No debate on Monday", 0, 26)
    (0, 5)
    """
    line = _LINE.match(text, start, end)
    if line is None or not _speaks(line) or line["role"] or ":" not in text[line.end("name") : line.end("name") + 1]:
        return None
    return line.span("name")


def signed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name that a line is signed with: "― Mira Holt, 34, Tolle Harbour".

    >>> signed("― Mira Holt", 0, 11)
    (2, 11)
    """
    found = _SIGNED.search(text[start:end])
    return (start + found.start("name"), start + found.end("name")) if found else None
