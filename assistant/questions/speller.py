"""Query spelling correction and expansion: a question's words as the library spells them.

A word that the library does not hold is read as the one that it is another transliteration of, or mistypes; a name that
the library spells in several ways is looked for in all of them. What the library holds is the only dictionary.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.language.spelling import first_letters, same_letters, same_name, typing_errors
from assistant.language.tokens import STOP_WORDS
from index.encoding import stems
from index.filters import Filter
from index.reader import Reader

_WORD = re.compile(r"[^\W\d_]+")
#: Words of the library with fewer letters in common with the asked one are not looked at closely.
_ALIKE = 0.5
#: Shorter words are not looked for in other spellings.
_SHORTEST = 4
#: So many stems are looked at closely, each in so many passages.
_MOST_READ, _PASSAGES = 6, 8
_MOST_KEPT = 5_000
_TOO_MANY = 99.0
#: A name with fewer letters is no mistyped everyday word.
_LONG = 8


@dataclass(frozen=True, slots=True)
class Spelled:
    """A question as the library spells it.

    `text` is the question with the words that the library does not hold replaced, `read` those words, each with what
    it is read as, and `also` the further spellings of its other names: (("Kyiv", ("Kiev",)),).
    """

    text: str
    read: tuple[tuple[str, str], ...] = ()
    also: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Speller:
    """Reads questions in the spelling of one library. Safe to share among threads."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[str, tuple[bool, tuple[str, ...]]] = {}
        self._stems: dict[str, Mapping[str, int]] = {}
        self._generation = -1

    def spelled(self, question: str) -> Spelled:
        """The question as the library spells it.

        >>> Speller(reader).spelled("What did Zelenskiy say?").text  # doctest: +SKIP
        'What did Zelensky say?'
        """
        if self._generation != self._reader.generation or len(self._known) > _MOST_KEPT:
            self._known, self._stems, self._generation = {}, {}, self._reader.generation
        self._learn(_WORD.findall(question))
        whole = self._joined(question)
        text, moved = whole, 0
        read: list[tuple[str, str]] = []
        also: list[tuple[str, tuple[str, ...]]] = []
        for word in _WORD.finditer(whole):
            asked = word.group()
            if len(asked) < _SHORTEST or asked.lower() in STOP_WORDS:
                continue
            if asked not in self._known:
                self._known[asked] = self._looked_up(asked)
            held, found = self._known[asked]
            if found and held:
                also.append((asked, found))
            elif found:
                read.append((asked, found[0]))
                also += [(found[0], found[1:])] if found[1:] else []
                text = text[: word.start() + moved] + found[0] + text[word.end() + moved :]
                moved += len(found[0]) - len(asked)
        return Spelled(text, tuple(read), tuple(also))

    def _joined(self, question: str) -> str:
        """The question with what the library writes as one word in one word: "ceasefire" for "cease fire"."""
        words = list(_WORD.finditer(question))
        for first, second in reversed(list(pairwise(words))):
            parts = (first.group(), second.group())
            apart = question[first.end() : second.start()] not in {" ", "-"}
            if apart or any(len(part) < _SHORTEST or part.lower() in STOP_WORDS for part in parts):
                continue
            joined = self._frequency("".join(parts))
            if joined and joined > min(map(self._frequency, parts)):
                question = question[: first.end()] + question[second.start() :]
        return question

    def _looked_up(self, asked: str) -> tuple[bool, tuple[str, ...]]:
        """Does the library hold a word, and how else does it spell that?"""
        held = self._frequency(asked) > 0
        everyday = self._everyday(asked)
        if held and (everyday and asked.islower()):
            return held, ()
        latin = anyascii(asked).lower()  # the library's words are in Latin letters
        stem = next(iter(stems(latin)), "")
        near = self._near({latin, stem}, stem if held else "")
        named = [term for term in near if same_name(asked, term) or same_name(stem, term)][:_MOST_READ]
        written = self._written([*named, *([stem] if held and named else [])])
        others = [word for term in named if _is_name(written[term]) for word in written[term]]
        names = {
            word.lower(): word
            for word in reversed(others)
            if word[:1].isupper() and same_name(asked, word) and word.lower() != asked.lower()
            # Two names that English knows, such as George and Gorge, are two.
            if not everyday or not self._everyday(word) or same_letters(asked, word)
        }
        found = tuple(reversed(names.values()))
        if held:
            return held, found if named and _is_name(written[stem]) else ()
        if found or everyday:
            return held, found
        return held, self._meant(asked, stem, near)

    def _meant(self, asked: str, stem: str, near: Sequence[str]) -> tuple[str, ...]:
        """The word of the library that an asked one mistypes."""
        missed = {term: min(_errors(asked.lower(), term), _errors(stem, term)) for term in near}
        likely = sorted((term for term in near if missed[term] < _TOO_MANY), key=lambda term: missed[term])
        written = self._written(likely[:_MOST_READ])
        best, least = "", _TOO_MANY
        for words in written.values():
            if asked[:1].isupper() and not _is_name(words) and len(asked) < _LONG:
                continue  # "Poyer" is not "power"
            for word in words:
                errors = _errors(asked.lower(), word.lower())
                if errors < least:
                    best, least = word, errors
        return (best,) if best else ()

    def _everyday(self, word: str) -> bool:
        """Is a word in everyday use? The encoder then has a piece for it."""
        return len(self._reader.encoder.pieces(word)) == 1

    def _learn(self, words: Iterable[str]) -> None:
        """Have the library's stems at hand under the letters that the words may begin with."""
        wanted = {first for word in words for first in (*first_letters(word), word[:1].lower())}
        if wanted - self._stems.keys():
            self._stems |= self._reader.terms(sorted(wanted - self._stems.keys()))

    def _frequency(self, word: str) -> int:
        return max((self._stems.get(stem[:1], {}).get(stem, 0) for stem in stems(word)), default=0)

    def _near(self, own: Collection[str], held: str) -> list[str]:
        """The library's stems that have some letters in common with words, but for one, commonest first."""
        known = {
            term: count
            for word in own
            for first in first_letters(word)
            for term, count in self._stems.get(first, {}).items()
        }
        known.pop(held, None)
        terms = list(known)
        found = (
            process.extract(word, terms, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=None)
            for word in own
        )
        return sorted({term for each in found for term, _, _ in each}, key=lambda term: (-known[term], term))

    def _written(self, terms: Sequence[str]) -> dict[str, list[str]]:
        """For each of some stems, the words that the library writes it with, commonest first."""
        found: dict[str, Counter[str]] = {term: Counter() for term in terms}
        holding = {number for term in terms for number in self._reader.by_words({term: 1.0}, _PASSAGES, Filter())}
        for held in self._reader.with_articles(sorted(holding)).values() if holding else ():
            texts = (held.article.title, held.article.text[held.row.start : held.row.end])
            for word in {word for text in texts for word in _WORD.findall(text)}:
                for stem in stems(word):
                    if stem in found:
                        found[stem][word] += 1
        return {term: [word for word, _ in counts.most_common()] for term, counts in found.items()}


def _is_name(written: Sequence[str]) -> bool:
    """Is a word, given as the library writes it, commonest first, a name?"""
    return bool(written) and written[0][:1].isupper()


def _errors(typed: str, meant: str) -> float:
    errors = typing_errors(typed, meant)
    return _TOO_MANY if errors is None else errors
