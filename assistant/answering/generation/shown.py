"""What the reader sees of a written answer while it grows."""

import re
from dataclasses import dataclass, field, replace

from assistant.answer import CheckedSentence, Checks
from assistant.checking import Source

_CLOSING = frozenset("”\"’')")


@dataclass(frozen=True, slots=True)
class Standing:
    """A sentence that may be shown, the sources that carry it, best first, and how surely."""

    words: str
    sources: tuple[Source, ...]
    score: float


@dataclass
class ShownText:
    """What the reader sees so far, and the counts behind it.

    `said` are the sentences shown, whoever wrote them, and `sentences` those of the model; `numbered` are the numbers
    of the markers by those of the sources, and `failed` the sentences that did not stand.
    """

    shown: list[str] = field(default_factory=list)
    sentences: list[CheckedSentence] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    numbered: dict[int, int] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    checks: Checks = field(default_factory=Checks)

    def count(self, **more: int) -> None:
        """Add to the counts."""
        self.checks = replace(self.checks, **{name: getattr(self.checks, name) + by for name, by in more.items()})

    def put(self, words: str, text: str, *, apart: bool) -> None:
        """Show a sentence, as a text whose markers are already the reader's."""
        self.said.append(words)
        self.shown.append(("" if not self.shown else "\n\n" if apart else " ") + text)

    def marked(self, standing: Standing) -> str:
        """The sentence with the reader's numbers of what carries it, before its full stop or where it ends."""
        markers = "".join(f" [{self.number(source.number)}]" for source in standing.sources)
        end = re.search(r"[.!?…]*$", standing.words)
        at = (
            len(standing.words)
            if end is None or standing.words[end.start() - 1 : end.start()] in _CLOSING
            else end.start()
        )
        return f"{standing.words[:at]}{markers}{standing.words[at:]}"

    def number(self, source: int) -> int:
        """The marker's number of a source."""
        return self.numbered.setdefault(source, len(self.numbered) + 1)
