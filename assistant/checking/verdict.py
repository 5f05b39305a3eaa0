"""The verdict on a written sentence: whether the sources say it, how sure that is, and what they do not say."""

from dataclasses import dataclass

from index.aliases import Span


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether sources carry a sentence.

    `supported` tells whether they do; `score` (0 to 1) how likely they carry all of it. `reason` says in plain words
    why they do not, and is "" where they do. `sources` are the places, in the sources that were given, of those that
    carry it, best first. `unsupported` are the characters of the sentence that they do not carry, as far as that can be
    told.

    >>> bool(Verdict(False, 0.1, "nothing says this"))
    False
    """

    supported: bool
    score: float
    reason: str = ""
    sources: tuple[int, ...] = ()
    unsupported: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return self.supported
