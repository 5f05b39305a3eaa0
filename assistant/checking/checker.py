"""The checker: decides by exact facts, safe edits and the entailment model whether sources carry a sentence.

What exact facts contradict falls. What is proven to be a safe edit of a source stands. All else is the entailment
model's: it stands where the model is so sure that of unsupported sentences at most one in twenty passes.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from threading import Lock
from typing import Final

from assistant.checking.edits import proven
from assistant.checking.exact import places, unheld
from assistant.checking.source import Source
from assistant.checking.verdict import Verdict
from assistant.language.anaphora import leans_back
from assistant.language.attribution import last_speaker
from assistant.language.subjects import subject_of
from assistant.language.tokens import keys, words_of
from assistant.models.entailment import Entailment, EntailmentModel, Premise
from assistant.models.reader import header_of
from assistant.models.weights import WeightsError

#: From this score on a sentence stands. At most 5 of 100 unsupported ones reach it, on written claims and articles that
#: the model was not trained on.
STANDS: Final = 0.73
#: The same where several sources are tried for a sentence, each of which may be taken wrongly.
FOUND: Final = 0.79
#: What a safe edit scores; and what each fact that the sources do not hold (two at most) takes of the odds.
PROVEN: Final = 0.99
CONTRADICTED: Final = 0.54
#: Sources of one sentence at most, and those that the model reads for it one by one.
MOST_SOURCES: Final = 3
READ: Final = 4
#: Sentences before a source that say who is meant in it.
LED: Final = 2
WITHOUT: Final = "{error} Until then, written sentences stand only where they keep to the articles' own words."

_OPENER = re.compile(r"^(?:yes|no)\b[,.:;–—-]*\s+(?=\S)", re.IGNORECASE)
_JOINED = re.compile(r"(?:,|;) (?:and|but|while|whereas) ")


class Checker:
    """Checks written sentences; the model loads when first used. Safe among threads.

    >>> from assistant.checking.source import sources_of
    >>> bool(Checker().find("Holm left Rome.", sources_of(["On Friday Holm, tired, left Rome."])))
    True
    """

    def __init__(self, model: EntailmentModel | None = None) -> None:
        self._given = model
        self._opening = Lock()

    @cached_property
    def _opened(self) -> EntailmentModel | WeightsError:
        try:
            return self._given or EntailmentModel()
        except WeightsError as error:
            return error

    @property
    def _model(self) -> EntailmentModel | None:
        with self._opening:
            opened = self._opened
        return None if isinstance(opened, WeightsError) else opened

    @property
    def notice(self) -> str:
        """One sentence where the model cannot be used; "" where it can."""
        with self._opening:
            opened = self._opened
        return WITHOUT.format(error=opened) if isinstance(opened, WeightsError) else ""

    def load(self) -> None:
        """Load the model now, so that the first sentence does not wait for it."""
        model = self._model
        if model is not None:
            model.load()

    def check(self, sentence: str, cited: Sequence[Source], before: Sequence[str] = ()) -> Verdict:
        """Whether the sources together carry a sentence, which comes without markers.

        `before` are the sentences before it in the answer, oldest first: they say who its "he" is.
        """
        if not cited:
            return Verdict(False, 0.0, "it cites nothing")
        claim, shift = _claim(sentence)
        if len(words_of(claim)) < 2:
            return Verdict(False, 0.0, "it says too little to be checked")
        if before and leans_back(claim) and not _meant(before, cited):
            return Verdict(False, 0.0, "it does not say who or what is meant")
        everything = tuple(range(len(cited)))
        if self._proven(claim, cited, before):
            return Verdict(True, PROVEN, "", everything)
        reasons = unheld(claim, cited)
        read = self._read(claim, cited)
        if reasons:
            spans = places(claim, reasons)
            return _shifted(Verdict(False, _lowered(read.score, len(reasons)), "; ".join(reasons), (), spans), shift)
        if read.score >= STANDS:
            return Verdict(True, read.score, "", everything)
        words = ", ".join(f"“{claim[a:b]}”" for a, b in read.unsupported[:3])
        reason = f"what it cites does not say {words or 'this'}"
        return _shifted(Verdict(False, read.score, reason, (), read.unsupported), shift)

    def find(
        self, sentence: str, sources: Sequence[Source], before: Sequence[str] = (), cited: Sequence[int] = ()
    ) -> Verdict:
        """The one to three of the sources that carry a sentence, if any do.

        `cited` are the places of those that the writer names: they are tried first.
        """
        claim, _ = _claim(sentence)
        named = [i for i in dict.fromkeys(cited) if 0 <= i < len(sources)][:MOST_SOURCES]
        ranked = [*named, *(i for i in _ranked(claim, sources) if i not in named)]
        if not ranked:
            return Verdict(False, 0.0, "nothing says this")
        near = ranked[: 2 * READ]
        for i in near:
            if self._proven(claim, [sources[i]], before):
                return Verdict(True, PROVEN, "", (i,))
        groups = [tuple(named)] if len(named) > 1 else []
        groups += [(i,) for i in ranked[:READ]]
        best = Verdict(False, 0.0, "nothing says this")
        tried: tuple[int, ...] = ()
        for group in groups:
            verdict = self.check(sentence, [sources[i] for i in group], before)
            if verdict and (group == tuple(named) or verdict.score >= FOUND):
                return replace(verdict, sources=group)
            verdict = _fallen(verdict)
            if not tried or verdict.score > best.score:
                best, tried = verdict, group
        for group in _joint(claim, sources, near, tried):
            verdict = self.check(sentence, [sources[i] for i in group], before)
            if verdict and verdict.score >= FOUND:
                return replace(verdict, sources=group)
            best = max(best, _fallen(verdict), key=lambda each: each.score)
        return best

    def _proven(self, claim: str, cited: Sequence[Source], before: Sequence[str]) -> bool:
        if any(proven(claim, source.text, source.texts_before, tuple(before)) for source in cited):
            return True
        parts = _JOINED.split(claim) if len(cited) > 1 else []
        if len(parts) < 2 or any(len(part.split()) < 4 for part in parts):
            return False
        return all(
            any(proven(_sentence(part), source.text, source.texts_before, tuple(before)) for source in cited)
            for part in parts
        )

    def _read(self, claim: str, cited: Sequence[Source]) -> Entailment:
        model = self._model
        return Entailment(0.0, ()) if model is None else model.read(premise_of(cited), claim)


def _fallen(verdict: Verdict) -> Verdict:
    """A verdict that is not sure enough where several sources were tried."""
    return replace(verdict, supported=False, sources=(), reason=verdict.reason or "nothing surely says this")


def _lowered(score: float, facts: int) -> float:
    """The score of a sentence whose facts its sources do not hold: below what stands."""
    odds = score / max(1 - score, 1e-6) * CONTRADICTED ** min(facts, 2)
    return min(odds / (1 + odds), STANDS - 0.01)


def premise_of(cited: Sequence[Source]) -> Premise:
    """What the model reads of sources: their words in the article's order, what stands before, and the headline."""
    ordered = sorted(cited, key=lambda source: (source.article.id != cited[0].article.id, source.start))
    first = ordered[0]
    article = first.article
    return Premise(
        " ".join(" ".join(source.text.split()) for source in ordered),
        " ".join(first.texts_before[-LED:]),
        header_of(article.title, article.publisher, article.published),
    )


def _meant(before: Sequence[str], cited: Sequence[Source]) -> bool:
    """Is whom the sentence before speaks of also in the sources, or in what leads to them?"""
    who = subject_of(before[-1]) | last_speaker(before)
    around = frozenset[str]()
    for source in cited:
        around |= last_speaker(source.texts_before)
        for text in (source.text, *(source.article.text[a:b] for a, b in source.led_by)):
            around |= {key for word in words_of(text) for key in (word.key, word.lower)}
    return not who or bool(who & around)


def _claim(sentence: str) -> tuple[str, int]:
    """What a sentence claims: without "Yes," or "No,"; and how many characters were taken from its beginning."""
    text = " ".join(sentence.split())
    opener = _OPENER.match(text)
    if opener is None:
        return text, 0
    rest = text[opener.end() :]
    return rest[0].upper() + rest[1:], opener.end()


def _shifted(verdict: Verdict, by: int) -> Verdict:
    return replace(verdict, unsupported=tuple((a + by, b + by) for a, b in verdict.unsupported)) if by else verdict


def _sentence(part: str) -> str:
    return f"{part[0].upper()}{part[1:].rstrip('. ')}."


def _ranked(claim: str, sources: Sequence[Source]) -> list[int]:
    """The sources that share words with a claim, those that share most first; rare words weigh more."""
    own = keys([word for word in words_of(claim) if not word.plain])
    held = [
        keys([*words_of(source.text), *(w for text in source.texts_before[-1:] for w in words_of(text))])
        for source in sources
    ]
    inside = [keys(words_of(source.text)) for source in sources]
    weights = {key: 1 / (1 + sum(key in each for each in inside)) for key in own}
    scores = [
        sum(weights[key] for key in own & mine) + 0.3 * sum(weights[key] for key in (own & around) - mine)
        for mine, around in zip(inside, held, strict=True)
    ]
    return sorted((i for i, score in enumerate(scores) if score > 0), key=lambda i: -scores[i])


def _joint(claim: str, sources: Sequence[Source], near: Sequence[int], tried: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Groups of two and three sources that together share more words with a claim than the best one alone."""
    if not tried:
        return []
    own = keys([word for word in words_of(claim) if not word.plain])
    group, found = list(tried[:1]), []
    while len(group) < MOST_SOURCES:
        left = own - frozenset[str]().union(*(keys(words_of(sources[i].text)) for i in group))
        gains = {i: len(left & keys(words_of(sources[i].text))) for i in near if i not in group}
        best = max(gains, key=lambda i: gains[i], default=None)
        if best is None or not gains[best]:
            break
        group.append(best)
        found.append(tuple(group))
    return [each for each in found if each != tried]
