"""The value of quotation attribution: a statement, with its speaker."""

from dataclasses import dataclass

from assistant.answer import Speaker


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of an article, characters `start` to `end`, that somebody says.

    `mention` is where the article names who: in the same sentence, or in one before; `cue` is the verb that tells of
    it, in small letters, "" where a quotation goes on. `quoted` where they stand in quotation marks, or in
    a transcript.
    """

    start: int
    end: int
    speaker: Speaker
    mention: tuple[int, int]
    cue: str = ""
    quoted: bool = False
