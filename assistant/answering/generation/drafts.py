"""Model output parsing: a stream of text becomes plain sentences with the numbers that they cite."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.language.tokens import visible

#: Longer "sentences" are no sentences; what a model writes without end is cut here.
LONGEST_SENTENCE = 900
_NUMBERS = r"(?:sentences?\s*|source\s*)?\d{1,4}(?:\s*(?:,|;|-|–|and|&)\s*\d{1,4})*"
_ONE = rf"(?:\[\^?(?:{_NUMBERS})\]|【(?:{_NUMBERS})[^】]*】)"
_INSIDE = re.compile(rf"\[\^?({_NUMBERS})\]|【({_NUMBERS})[^】]*】", re.IGNORECASE)
#: Markers side by side are one: "[1], [2], and [3]".
MARKER = re.compile(rf"\s*{_ONE}(?:\s*[,;]?\s*(?:(?:and|or|&)\s*)?{_ONE})*", re.IGNORECASE)
_END = re.compile(rf"(?:[.!?…][\"”’')\]]*|\n)(?:{MARKER.pattern})*", re.IGNORECASE)
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]\.)+[A-Z]?|\b(?:Mr|Mrs|Ms|Dr|St|Gen|Adm|Sen|Rep|Gov|Lt|Col|vs|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|"
    r"Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|e\.g|i\.e|approx)|"
    r"(?:^|[A-Z][\w’'-]+ |\b[A-Z]\. )[A-Z]|^\s*\d{1,2})\.?$"  # the J of "Donald J. Trump", and the number of a list
)
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|$)", re.DOTALL | re.IGNORECASE)
_SAYS_NOTHING = re.compile(
    r"\W*(?:(?:the|these|those|provided|given|numbered|supplied) )*"
    r"(?:articles?|sources?|material|sentences?|text|passages?) (?:provided |given )?(?:do|does|did) ?(?:not|n[’']t) "
    r"(?:say|mention|tell|state|answer|contain|specify|provide|give|include|address|cover)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sentence that the model wrote: plain text with its markers as the model wrote them; `apart` from the last.

    `numbers` are those of the markers, in order; they may name no sentence at all.
    """

    text: str
    numbers: tuple[int, ...]
    apart: bool = False

    @property
    def words(self) -> str:
        """The sentence without its markers."""
        return " ".join(MARKER.sub("", self.text).split())


class Draft:
    """Cuts what streams in into sentences; one is given out once it is certain that it has ended.

    >>> draft = Draft()
    >>> [each.text for each in draft.more("Talks ended. [1] No de")], [each.text for each in draft.rest()]
    (['Talks ended. [1]'], ['No de'])
    """

    def __init__(self) -> None:
        self._left = ""
        self._apart = False

    def more(self, text: str) -> Iterator[Drafted]:
        """Take in some text; the sentences that ended with it come out."""
        self._left += text
        if re.search(r"<think", self._left, re.IGNORECASE):
            if not re.search(r"</think", self._left, re.IGNORECASE):
                return
            self._left = _THOUGHT.sub("", self._left)
        at = 0
        while (end := self._end(at)) is not None:
            sentence, self._left, at = self._left[:end], self._left[end:], 0
            yield from self._drafted(sentence)

    def rest(self) -> Iterator[Drafted]:
        """What is left when the stream has ended."""
        sentence, self._left = _THOUGHT.sub("", self._left), ""
        yield from self._drafted(sentence)

    def _end(self, at: int) -> int | None:
        """Where the first sentence ends, if what follows shows that it does."""
        for match in _END.finditer(self._left, at):
            ahead, behind = self._left[: match.start()], self._left[match.end() :]
            if match[0][0] == "\n":
                if behind.strip(" \n") or len(ahead) > LONGEST_SENTENCE:
                    return match.end()
                continue
            # A marker may still be on its way; so may the small letter that shows that this was no end.
            if not behind.strip() or behind.lstrip()[:1] in "[【" or not behind[:1].isspace():
                continue
            quoted = ahead + match[0]
            inside = quoted.count("“") > quoted.count("”") or quoted.count('"') % 2 == 1
            initials = re.search(r"\b[A-Z]$", ahead) and re.match(r"\s+[A-Z]\.", behind)  # "U. S."
            cut = _ABBREVIATED.search(ahead) or initials or behind.lstrip()[:1].islower()
            if not inside and not cut:
                return match.end()
        return LONGEST_SENTENCE if len(self._left) > 2 * LONGEST_SENTENCE else None

    def _drafted(self, sentence: str) -> Iterator[Drafted]:
        text = flattened(sentence)
        if not MARKER.sub("", text).strip(" .*-"):
            self._apart = self._apart or "\n" in sentence
            return
        yield Drafted(text, tuple(numbers_in(text)), self._apart)
        self._apart = sentence.endswith("\n")


def numbers_in(text: str) -> list[int]:
    """The numbers of the markers in a text, in order, each once.

    >>> numbers_in("Talks ended [3], [4-6] and [3].")
    [3, 4, 5, 6]
    """
    found: list[int] = []
    for match in _INSIDE.finditer(text):
        inside = match[1] or match[2]
        for first, last in re.findall(r"(\d+)(?:\s*[-–]\s*(\d+))?", inside):
            until = min(int(last or first), int(first) + 5)
            found.extend(range(int(first), until + 1))
    return list(dict.fromkeys(found))


def flattened(text: str) -> str:
    """Plain text of what a model may have dressed up: no Markdown, no HTML, no links, no images, no hidden characters.

    >>> flattened("**Talks** [ended](http://x.example) <b>today</b>. ![](http://x.example/p.png)")
    'Talks ended today.'
    """
    plain = html.unescape(html.unescape(text))
    plain = re.sub(r"(?is)<(script|style)\b.*?(?:</\1>|$)|<!--.*?(?:-->|$)", " ", plain)
    plain = re.sub(r"</?[A-Za-z][^<>]*(?:>|$)|<\|[^|>]*\|?>", " ", plain)
    plain = re.sub(r"!\[[^\]]*\](?:\([^)]*\)?|\[[^\]]*\])?", " ", plain)
    plain = re.sub(r"\[([^\]]*)\]\((?!\s)[^)]*\)?", r"\1", plain)
    plain = re.sub(r"(?i)\[(?!\^?\d)[^\]]*\]:\s*\S+", " ", plain)
    plain = re.sub(r"(?i)\b(?:[a-z][a-z0-9+.-]*://|www\.|javascript:|data:|mailto:)\S*", " ", plain)
    plain = re.sub(r"(?m)^\s*(?:#{1,6}\s+|>\s?|[-*+•]\s+|\d{1,2}[.)]\s+)", "", plain)
    plain = re.sub(r"\*\*|__|`+|~~|(?<!\w)[*_](?=\w)|(?<=[\w.!?”])[*_](?!\w)", "", plain).replace("|", " ")
    return re.sub(r"\s+([.,;!?])", r"\1", visible(plain).replace("<", "").replace(">", "")).strip()


def says_nothing(text: str) -> bool:
    """Does a sentence say that the articles do not say?

    >>> says_nothing("The articles do not say."), says_nothing("Witkoff did not say what was settled.")
    (True, False)
    """
    return _SAYS_NOTHING.match(text) is not None
