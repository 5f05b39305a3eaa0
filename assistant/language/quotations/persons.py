"""Persons of one article: who they are, and which of several namesakes some words name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.language.quotations.offices import FEMALE, MALE

_PRONOUNS = frozenset("he him his himself she her hers herself".split())
ENDING = re.compile(r"[’']s?$")


@dataclass(slots=True)
class Person:
    """Somebody of an article: the fullest name there, the words of their offices, where they are named."""

    name: str
    offices: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    gender: str = ""
    evidence: int = 0
    she: int = 0

    @property
    def known(self) -> bool:
        """Is there reason to take the name for somebody's, and not for a place or a thing?"""
        return bool(self.offices) or self.evidence > 0

    @property
    def last(self) -> str:
        """The last name, in small letters."""
        return self.name.split()[-1].lower()


def bare(name: str) -> str:
    """A name without the ending ’s and outer signs."""
    return ENDING.sub("", name.strip(" .,;:“”\"'’‘()[]*"))


def one_of(namesakes: Sequence[Person], words: Sequence[str], titles: Sequence[str]) -> Person | None:
    """Which of those who share a last name some words name, by first name, or else by title; the first by default.

    None where all have other first names: "Ivanka Trump" is not Donald Trump.
    """
    if len(words) > 1 and len(words[0].strip(".")) > 1:
        alike = [each for each in namesakes if _may_be(each.name.split(), words[0])]
        return alike[0] if alike else None
    gender = gender_of(titles)
    fitting = [each for each in namesakes if not gender or each.gender in {"", gender}]
    return next(iter((*fitting, *namesakes)), None)


def _may_be(name: Sequence[str], first: str) -> bool:
    """May somebody of this name have a first name: the same, a short form ("Ben", "Benjamin"), or none known?"""
    if len(name) == 1:
        return True
    own, other = name[0].strip(".").lower(), first.strip(".").lower()
    return own[:1] == other[:1] or other in {word.lower() for word in name[:-1]}


def gender_of(words: Sequence[str]) -> str:
    """What titles, offices or kinship tell: "m" or "f"; "" where they do not. A pronoun is of somebody else."""
    found = {word.lower().strip(".,") for word in words} - _PRONOUNS
    return "m" if found & MALE else "f" if found & FEMALE else ""
