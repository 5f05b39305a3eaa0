"""The checker: runs every check on a written sentence against the sentences that it cites."""

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.checking.entities import unnamed
from assistant.checking.facts import misquoted, unsupported
from assistant.checking.negation import flipped
from assistant.checking.roles import doers, swapped
from assistant.checking.source import Source
from assistant.language.attribution import VERBS, Said, told, voices
from assistant.language.countries import country_of
from assistant.language.names import names_in
from assistant.language.quantities import WORDS as NUMBER_WORDS
from assistant.language.subjects import subject_of
from assistant.language.tokens import Word, keys, words_of
from index.encoding.encoder import Encoder

Floats = NDArray[np.float32]

# Thresholds measured on one half of the cases in tests/assistant/checking/cases/brief.py, and reported on the other.
#: The cosine of a sentence with what it cites, taken together or the nearest alone: less is about something else.
NEAR = 0.45
#: The mean over a sentence's words of each one's best match.
WORDS_NEAR = 0.62
#: A word with no better match than this has nothing to rest on.
WORD_HELD = 0.42
#: So large a share of the words may rest on nothing: paraphrases have words of their own.
FREE = 0.25
#: A word that means the same: what is denied, done or owned is compared through it.
SAME = 0.6
#: So large a share of the words decides whose they are; less is enough to show that a speaker was exchanged.
MOSTLY = 0.5
EXCHANGED = 0.25

#: Say little beside their nouns: "take part", "give a date".
_LIGHT = frozenset(
    "take takes took taken part give gives gave given make makes made come comes came put puts "
    "serve serves served".split()
)
#: Of so few words, one may be the writer's own.
_FEW = 3
_CLAUSE = re.compile(r"[,;:—–] | (?:and|but|while|who|that) ")
#: Encoded sentences kept in memory.
_KEPT = 512
#: A paper may be named as the one who says what it prints.
_PAPER = frozenset({"article", "articles", "articl", "brief", "report", "newspaper", "newspap", "paper"})
_OTHERWISE = VERBS | _PAPER | NUMBER_WORDS | _LIGHT
_PART = re.compile(r"(?:,|;) (?:and|but|while|whereas) ")


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a sentence stands. `reasons` say in plain words why it does not: the model gets them to do better.

    >>> Checked(False, ("it cites nothing",)).stands
    False
    """

    stands: bool
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A sentence with its words and a unit vector for each, shape (words, dimensions), and one for the whole."""

    text: str
    words: tuple[Word, ...]
    vectors: Floats
    whole: Floats


class Checker:
    """Checks sentences against what they cite, with the library's encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._kept: OrderedDict[str, _Read] = OrderedDict()

    def check(self, sentence: str, cited: Sequence[Source], before: Sequence[str] = ()) -> Checked:
        """Check a sentence (without markers) against the sentences that it cites.

        `before` are the sentences before it in the answer, oldest first: they say who its "he" is.
        """
        if not cited:
            return Checked(False, ("it cites nothing",))
        texts = [source.text for source in cited]
        reasons = unsupported(sentence, texts, [source.article.published for source in cited])
        reasons = [f"{each} is not in what it cites" for each in reasons]
        reasons += [f"the words “{each}” are not quoted there" for each in misquoted(sentence, texts)]
        reasons += [f"“{each}” is not named there" for each in unnamed(sentence, cited)]
        if reasons:
            return Checked(False, tuple(reasons))
        reason = self._meaning(sentence, cited, tuple(before))
        return Checked(not reason, (reason,) if reason else ())

    def figures(self, sentence: str, cited: Sequence[Source]) -> tuple[float, float, int, int]:
        """The measures behind the thresholds: whole sentence, mean of words, words that rest on nothing, words.

        Where all its words are those of the source, the whole sentence is as near as can be.
        Names, countries, numbers, days and verbs of saying are left out: rules of their own hold them to what is cited.
        """
        here, there = self._read(sentence), [self._read(source.text) for source in cited]
        wholes = [each.whole for each in there]
        led = [" ".join([*(s.article.text[a:b] for a, b in s.led_by), s.text]) for s in cited if s.led_by]
        wholes += [self._read(each).whole for each in led]
        if len(cited) > 1:
            wholes.append(self._read(" ".join(source.text for source in cited)).whole)
        near = max(float(here.whole @ each) for each in wholes)
        if near < NEAR:  # a long sentence says several things: each of them counts for itself
            clauses = [part for source in cited for part in _CLAUSE.split(source.text) if len(part.split()) > _FEW]
            near = max([near, *(float(here.whole @ self._read(each).whole) for each in clauses)])
        named = {word.start for name in names_in(sentence) for word in (*name.words, *name.before)}
        counted = [
            at
            for at, word in enumerate(here.words)
            if not (word.plain or word.country or word.start in named or word.lower in _OTHERWISE)
        ]
        best = [self._best(here, at, there) for at in counted]
        if best and min(best) == 1.0:
            near = 1.0
        weighed = sorted(best)[1:] if len(best) <= _FEW else best
        mean = float(np.mean(weighed)) if weighed else 1.0
        return near, mean, sum(score < WORD_HELD for score in best), len(best)

    def _meaning(self, sentence: str, cited: Sequence[Source], before: tuple[str, ...]) -> str:
        here, there = self._read(sentence), [self._read(source.text) for source in cited]
        if sum(not word.plain for word in here.words) < 2:
            return "it says too little to be checked"
        near, words_near, free, counted = self.figures(sentence, cited)
        if near < NEAR or words_near < WORDS_NEAR or free > max(1, FREE * counted):
            return "what it cites does not say this"
        parts = _parts(sentence) if len(cited) > 1 else []
        reason = self._voices(here, there, cited, before)
        if reason and (not parts or any(self._voices(self._read(part), there, cited, before) for part in parts)):
            return reason
        joined = self._read(" ".join(source.text for source in cited)) if len(cited) > 1 else there[0]
        pairs = self._pairs(here, joined)
        back = {places[0]: at for at, places in reversed(pairs.items())}
        word = flipped(here.text, here.words, joined.text, joined.words, lambda at: pairs.get(at, [None])[0], back.get)
        if word:
            return f"it says the opposite of what it cites at “{word}”"
        for part in parts or [sentence]:
            word = self._swapped(self._read(part), there, cited, before)
            if word:
                return f"it gives “{word}” to somebody else than what it cites"
        return ""

    def _swapped(self, here: _Read, there: Sequence[_Read], cited: Sequence[Source], before: tuple[str, ...]) -> str:
        """Is a deed given to another? Compared with the source that shares most words."""
        shared = [len(keys(here.words) & keys(read.words)) for read in there]
        at = shared.index(max(shared))
        source, read = cited[at], there[at]
        pairs = self._pairs(here, read)
        return swapped(
            here.text, here.words, read.text, read.words,
            lambda k: pairs.get(k, []),
            (before, source.texts_before),
            (_apart(told(here.text, before)), _apart(told(read.text, source.texts_before))),
        )  # fmt: skip

    def _voices(self, here: _Read, there: Sequence[_Read], cited: Sequence[Source], before: tuple[str, ...]) -> str:
        """Is what somebody says still said by them, and by nobody else?"""
        own = voices(here.text, before)
        theirs = [voices(source.text, source.texts_before) for source in cited]
        apart = _apart(told(here.text, before))
        stripped = exchanged = invented = spoken = plain = figures = 0
        alike = self._reported_alike(here, there, cited, apart)
        about = frozenset(key for key in subject_of(here.text) if not country_of(key))
        who: frozenset[str] = frozenset()
        for at, word in enumerate(here.words):
            places = [] if word.plain or at in apart else self._same(here, at, there)
            if not places:
                continue
            outer = [theirs[i][k][0] for i, k in places if theirs[i][k]]
            said = frozenset[str]().union(*own[at]) - _PAPER
            if said:
                spoken += 1
                invented += not outer and not said & alike
                others = bool(outer) and not any(said & each for each in outer)
                exchanged += others
                figures += others and word.text[0].isdigit()
                continue
            plain += 1
            told_of_others = not any(word.key in each or word.lower in each or about & each for each in outer)
            if len(outer) == len(places) and told_of_others:
                stripped += 1
                who = outer[0]
        if figures or (spoken and exchanged > EXCHANGED * spoken):
            return "it gives the words to another speaker"
        if spoken and invented > MOSTLY * spoken:
            return "nobody is quoted there as saying this"
        if stripped > 1 and stripped > MOSTLY * plain:
            longest = [key for key in who if not any(key != each and each.startswith(key) for each in who)]
            return f"it must say who says so ({', '.join(sorted(longest))})"
        return ""

    def _reported_alike(
        self, here: _Read, there: Sequence[_Read], cited: Sequence[Source], apart: frozenset[int]
    ) -> frozenset[str]:
        """Who does the same in the source by the very verb that reports here: "She expects the delegations back"."""
        verbs = {here.words[i].key for i in apart if here.words[i].lower in VERBS}
        found: set[str] = set()
        for source, read in zip(cited, there, strict=True):
            for at, word in enumerate(read.words):
                if word.key in verbs and not word.quoted:
                    found |= doers(source.text, read.words, at, source.texts_before)[0]
        return frozenset(found)

    def _same(self, here: _Read, at: int, there: Sequence[_Read]) -> list[tuple[int, int]]:
        """The places, as (source, word), of the words that mean the same as one of the sentence."""
        word = here.words[at]
        exact = [(i, k) for i, read in enumerate(there) for k, other in enumerate(read.words) if other.key == word.key]
        if exact:
            return exact
        best, place = SAME, None
        for i, read in enumerate(there):
            if len(read.words):
                scores = read.vectors @ here.vectors[at]
                k = int(scores.argmax())
                if scores[k] > best:
                    best, place = float(scores[k]), (i, k)
        return [place] if place else []

    def _pairs(self, here: _Read, read: _Read) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for at, word in enumerate(here.words):
            if not word.plain:
                places = [k for _, k in self._same(here, at, [read])]
                if places:
                    found[at] = sorted(places, key=lambda k: -float(read.vectors[k] @ here.vectors[at]))
        return found

    def _best(self, here: _Read, at: int, there: Sequence[_Read]) -> float:
        key = here.words[at].key
        if any(other.key == key for read in there for other in read.words):
            return 1.0
        return max(float((read.vectors @ here.vectors[at]).max(initial=0.0)) for read in there)

    def _read(self, text: str) -> _Read:
        kept = self._kept.get(text)
        if kept is None:
            words = words_of(text)
            encoded = self._encoder.encode([text])[0]
            vectors = np.zeros((len(words), encoded.tokens.shape[1] if encoded.tokens.ndim == 2 else 1), np.float32)
            for i, word in enumerate(words):
                rows = [k for k, (a, b) in enumerate(encoded.spans) if a < word.end and word.start < b]
                if rows:
                    mean = encoded.tokens[rows].mean(axis=0)
                    vectors[i] = mean / max(float(np.linalg.norm(mean)), 1e-9)
            kept = self._kept[text] = _Read(text, words, vectors, encoded.vector)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(text)
        return kept


def _parts(sentence: str) -> list[str]:
    """The clauses of a sentence that joins two; none where it is one."""
    parts = _PART.split(sentence)
    return parts if len(parts) > 1 and all(len(part.split()) > 3 for part in parts) else []


def _apart(said: Sequence[Said]) -> frozenset[int]:
    return frozenset[int]().union(*(each.apart for each in said))
